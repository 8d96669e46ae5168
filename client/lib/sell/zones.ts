/** Cities that no zone is named after, by zone; in the format of `plain`. */
const otherCities: Record<string, string[]> = {
  'Europe/Berlin': [
    'frankfurt am main',
    'hamburg',
    'munchen',
    'munich',
    'koln',
    'cologne',
    'frankfurt',
    'stuttgart',
    'dusseldorf',
    'leipzig',
    'dresden',
    'hannover',
    'nurnberg',
    'bremen',
  ],
  'Europe/Vienna': ['wien', 'graz', 'linz', 'salzburg', 'innsbruck'],
  'Europe/Zurich': ['basel', 'bern', 'geneve', 'geneva', 'genf', 'lausanne', 'luzern'],
  'Europe/London': ['manchester', 'birmingham', 'liverpool', 'glasgow', 'edinburgh', 'leeds', 'bristol', 'cardiff'],
  'Europe/Paris': ['lyon', 'marseille', 'bordeaux', 'toulouse', 'nice', 'lille'],
  'Europe/Madrid': ['barcelona', 'valencia', 'sevilla', 'seville', 'bilbao'],
  'Europe/Rome': ['roma', 'milano', 'milan', 'napoli', 'naples', 'torino', 'turin', 'firenze', 'florence', 'verona'],
  'Europe/Warsaw': ['warszawa', 'krakow', 'gdansk', 'wroclaw'],
  'Europe/Brussels': ['bruxelles', 'antwerpen', 'gent'],
  'Europe/Amsterdam': ['rotterdam', 'utrecht', 'eindhoven'],
  'America/New_York': ['boston', 'philadelphia', 'washington', 'atlanta', 'miami', 'pittsburgh', 'orlando'],
  'America/Chicago': ['new orleans', 'st louis', 'houston', 'dallas', 'austin', 'nashville', 'minneapolis'],
  'America/Los_Angeles': ['san francisco', 'san diego', 'las vegas', 'seattle', 'portland', 'sacramento'],
  'America/Toronto': ['montreal', 'ottawa', 'quebec'],
  'Australia/Sydney': ['canberra', 'newcastle'],
  'Asia/Tokyo': ['osaka', 'kyoto', 'yokohama', 'nagoya'],
  'Asia/Kolkata': ['new delhi', 'mumbai', 'delhi', 'bangalore', 'chennai'],
};

/** Names the zone database spells differently, or in an old form. */
const spelled: Record<string, string> = {
  DumontDUrville: 'Dumont d’Urville',
  St_Johns: 'St. John’s',
  Calcutta: 'Kolkata',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
  Faeroe: 'Faroe',
};

const readable = (part: string) => spelled[part] ?? part.replaceAll('_', ' ');

/** A zone's city: "Berlin", "Buenos Aires (Argentina)". */
export function cityOfZone(zone: string): string {
  const [city = zone, ...within] = zone.split('/').slice(1).reverse();
  return within.length > 0 ? `${readable(city)} (${within.map(readable).join(', ')})` : readable(city);
}

/**
 * Zones by part of the world, each with its city; both sorted alphabetically.
 * @param names names of the parts: browsers have none for continents
 */
export function zonesByRegion(
  zones: readonly string[],
  locale: string,
  names: Record<string, string>,
): [string, { zone: string; city: string }[]][] {
  const { compare } = new Intl.Collator(locale);
  const found = new Map<string, { zone: string; city: string }[]>();
  for (const zone of zones) {
    const [region = ''] = zone.split('/');
    found.set(region, [...(found.get(region) ?? []), { zone, city: cityOfZone(zone) }]);
  }
  return [...found]
    .map(([region, members]): [string, { zone: string; city: string }[]] => [
      names[region] ?? region,
      members.sort((a, b) => compare(a.city, b.city)),
    ])
    .sort(([a], [b]) => compare(a, b));
}

/** A name without accents, case or punctuation, for comparison. */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();

/** A city's zone among `zones`; undefined if unknown. */
export function zoneOfCity(city: string, zones: readonly string[]): string | undefined {
  const wanted = plain(city);
  if (!wanted) return undefined;
  return (
    zones.find((zone) => plain(cityOfZone(zone).replace(/ \(.*/, '')) === wanted) ??
    zones.find((zone) => otherCities[zone]?.includes(wanted))
  );
}
