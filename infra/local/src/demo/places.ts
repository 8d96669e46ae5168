/** An event location: a city, its time zone, and its venues. */
export const places = {
  berlin: {
    city: 'Berlin',
    timeZone: 'Europe/Berlin',
    venues: ['Philharmonie', 'Columbiahalle', 'Waldbühne', 'Quatsch Comedy Club'],
  },
  london: {
    city: 'London',
    timeZone: 'Europe/London',
    venues: ['Royal Albert Hall', 'Wembley Stadium', 'Old Vic', 'The Comedy Store'],
  },
  paris: {
    city: 'Paris',
    timeZone: 'Europe/Paris',
    venues: ['Olympia', 'Roland-Garros', 'Comédie-Française', 'Le Point Virgule'],
  },
  newYork: {
    city: 'New York',
    timeZone: 'America/New_York',
    venues: ['Madison Square Garden', 'Village Vanguard', 'Lyceum Theatre', 'Comedy Cellar'],
  },
  tokyo: {
    city: 'Tokyo',
    timeZone: 'Asia/Tokyo',
    venues: ['Nippon Budokan', 'Tokyo Dome', 'Kabuki-za', 'Blue Note Tokyo'],
  },
  sydney: {
    city: 'Sydney',
    timeZone: 'Australia/Sydney',
    venues: ['Sydney Opera House', 'Accor Stadium', 'Enmore Theatre', 'Comedy Store'],
  },
  saoPaulo: {
    city: 'São Paulo',
    timeZone: 'America/Sao_Paulo',
    venues: ['Allianz Parque', 'Sala São Paulo', 'Teatro Municipal', 'Interlagos'],
  },
} as const;
export type Place = (typeof places)[keyof typeof places];

const DAY = 86_400_000;

/** A local hour at a place, that many days ahead, as a time with the place's UTC offset. */
export function timeAt({ timeZone }: Place, inDays: number, hour: string): string {
  const day = new Date(Date.now() + inDays * DAY);
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(day);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || 'Z';
  return `${part('year')}-${part('month')}-${part('day')}T${hour}:00${offset}`;
}
