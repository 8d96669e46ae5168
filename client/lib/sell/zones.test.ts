import { cityOfZone, zoneOfCity, zonesByRegion } from './zones';

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

it.each([
  ['Europe/Berlin', 'Berlin'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires (Argentina)'],
  ['America/North_Dakota/New_Salem', 'New Salem (North Dakota)'],
  ['America/Port-au-Prince', 'Port-au-Prince'],
  ['Antarctica/DumontDUrville', 'Dumont d’Urville'],
  ['Asia/Calcutta', 'Kolkata'],
  ['UTC', 'UTC'],
])('%s is %s', (zone, city) => {
  expect(cityOfZone(zone)).toBe(city);
});

it('names every zone the way people write it', () => {
  for (const zone of zones) expect(cityOfZone(zone)).not.toMatch(/_|\p{Ll}\p{Lu}\p{Lu}/u);
});

it("sorts zones by region and city, in the locale's order", () => {
  const names = { America: 'Amerika', Europe: 'Europa' };
  const sorted = zonesByRegion(['Europe/Zurich', 'Europe/Berlin', 'America/Indiana/Knox', 'UTC'], 'de-DE', names);
  expect(sorted).toEqual([
    ['Amerika', [{ zone: 'America/Indiana/Knox', city: 'Knox (Indiana)' }]],
    [
      'Europa',
      [
        { zone: 'Europe/Berlin', city: 'Berlin' },
        { zone: 'Europe/Zurich', city: 'Zurich' },
      ],
    ],
    ['UTC', [{ zone: 'UTC', city: 'UTC' }]],
  ]);
});

it.each([
  ['Berlin', 'Europe/Berlin'],
  [' münchen ', 'Europe/Berlin'],
  ['Köln', 'Europe/Berlin'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['new york', 'America/New_York'],
  ['San Francisco', 'America/Los_Angeles'],
])('a venue in %s uses the clock of %s', (city, zone) => {
  expect(zoneOfCity(city, zones)).toBe(zone);
});

it('finds a city within another part of its zone’s name', () => {
  expect(zoneOfCity('Buenos Aires', ['America/Argentina/Buenos_Aires'])).toBe('America/Argentina/Buenos_Aires');
});

it.each(['', ' ', 'san', 'Nowhere', '(Argentina)'])('finds no zone for "%s"', (city) => {
  expect(zoneOfCity(city, zones)).toBeUndefined();
});
