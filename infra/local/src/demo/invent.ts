import { places, timeAt } from './places';
import type { Listing } from './listing';

const names = [
  'Copper',
  'Midnight',
  'Paper',
  'Velvet',
  'Northern',
  'Electric',
  'Quiet',
  'Golden',
  'Distant',
  'Wandering',
  'Glass',
  'Lunar',
];
const nouns = [
  'Foxes',
  'Tigers',
  'Lanterns',
  'Harbours',
  'Machines',
  'Gardens',
  'Comets',
  'Rivers',
  'Orchestra',
  'Sparrows',
  'Engines',
  'Mirrors',
];
const kinds = [
  { category: 'concert', titles: ['{} in concert', '{}: acoustic night', '{}, farewell tour'], price: 45 },
  { category: 'sport', titles: ['{} – United', '{}, cup final', '{}: season opener'], price: 60 },
  { category: 'theatre', titles: ['The {}', '{}, a play in two acts', '{} and other scenes'], price: 50 },
  { category: 'comedy', titles: ['{} stand-up', 'An evening with {}', '{}: work in progress'], price: 20 },
  { category: 'festival', titles: ['{} festival, day pass', '{} weekend', '{} open air'], price: 110 },
  { category: 'other', titles: ['{} workshop', 'A walk with {}', '{}: guided tour'], price: 25 },
];
const hours = ['11:00', '15:30', '18:00', '19:30', '20:00', '21:30'];
const DAYS = 365;

/** Generates varied listings for the coming year; the same ones in every run. */
export function* invent(count: number): Generator<Listing> {
  const random = randomNumbers();
  const upTo = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(values: readonly T[]): T => values[upTo(values.length)] as T;
  for (let index = 0; index < count; index++) {
    const { category, titles, price } = pick(kinds);
    const place = pick(Object.values(places));
    const seated = random() < 0.6;
    yield {
      title: pick(titles).replace('{}', `${pick(names)} ${pick(nouns)}`),
      price: (price * (0.4 + 2 * random() ** 2)).toFixed(2),
      category,
      venue: pick(place.venues),
      city: place.city,
      ...(random() < 0.9 && { startsAt: timeAt(place, 1 + upTo(DAYS), pick(hours)), timeZone: place.timeZone }),
      ...(seated && {
        // No two listings have the same seat: the API refuses the second.
        section: `Block ${'ABCDEFGH'.charAt(Math.floor(index / 1_200) % 8)}`,
        row: String(1 + (Math.floor(index / 40) % 30)),
        seat: String(1 + (index % 40)),
      }),
    };
  }
}

/** Pseudo-random numbers from 0 to 1 (Lehmer's generator). */
function randomNumbers() {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
