import { Types } from 'mongoose';
import { patiently } from './patience';
import { newId } from './testing';

const SECOND = 1_000;
const idAged = (milliseconds: number) =>
  Types.ObjectId.createFromTime(Math.floor((Date.now() - milliseconds) / SECOND)).toString();

/** Loads that find nothing until the copy has come. */
function loads(comesAfter: number) {
  const started = Date.now();
  const state = { count: 0, took: () => Date.now() - started };
  const load = () => {
    state.count++;
    return Promise.resolve(state.took() >= comesAfter ? 'the copy' : null);
  };
  return { state, load };
}

test('what is there is given at once', async () => {
  const { state, load } = loads(0);
  expect(await patiently(newId(), load)).toBe('the copy');
  expect(state.count).toBe(1);
});

test('what was created a moment ago is waited for', async () => {
  const { load } = loads(300);
  expect(await patiently(newId(), load)).toBe('the copy');
});

test('two seconds at most', async () => {
  const { state, load } = loads(Infinity);
  expect(await patiently(newId(), load)).toBeNull();
  expect(state.took()).toBeGreaterThanOrEqual(2 * SECOND);
  expect(state.took()).toBeLessThan(4 * SECOND);
  expect(state.count).toBeLessThan(40);
});

test.each([
  ['an hour old', 3_600 * SECOND],
  ['ten seconds old', 10 * SECOND],
  ['of the future', -60 * SECOND],
])('an id that is %s is not waited for', async (_case, age) => {
  const { state, load } = loads(Infinity);
  expect(await patiently(idAged(age), load)).toBeNull();
  expect(state.count).toBe(1);
});

test('only a hundred are waited for at once, and those after them again', async () => {
  const id = newId();
  let come = false;
  let impatient = 0;
  const waiters = Array.from({ length: 150 }, () =>
    patiently(id, () => Promise.resolve(come ? 'the copy' : null)).then((copy) => void (copy ?? impatient++)),
  );
  await Promise.all(waiters.slice(100));
  expect(impatient).toBe(50);
  come = true;
  await Promise.all(waiters);
  expect(impatient).toBe(50);
  const { load } = loads(50);
  expect(await patiently(newId(), load)).toBe('the copy');
});
