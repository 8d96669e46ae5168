import { Types } from 'mongoose';
import { patiently } from './patience';
import { newId, until } from './testing';

const SECOND = 1_000;
const idAged = (milliseconds: number) =>
  Types.ObjectId.createFromTime(Math.floor((Date.now() - milliseconds) / SECOND)).toString();

/** Loads that find nothing until the copy has come. */
function loads() {
  const state = { count: 0, come: false };
  const load = () => {
    state.count++;
    return Promise.resolve(state.come ? 'the copy' : null);
  };
  return { state, load };
}

test('what is there is given at once', async () => {
  const { state, load } = loads();
  state.come = true;
  expect(await patiently(newId(), 'ann', load)).toBe('the copy');
  expect(state.count).toBe(1);
});

test('what was created a moment ago is waited for', async () => {
  const { state, load } = loads();
  const answer = patiently(newId(), 'ann', load);
  await until(() => state.count > 1);
  state.come = true;
  expect(await answer).toBe('the copy');
});

test('what does not come is given up, after few looks', async () => {
  const { state, load } = loads();
  expect(await patiently(newId(), 'ann', load)).toBeNull();
  expect(state.count).toBeGreaterThan(1);
  expect(state.count).toBeLessThan(40);
});

test.each([
  ['an hour old', 3_600 * SECOND],
  ['ten seconds old', 10 * SECOND],
  ['of the future', -60 * SECOND],
])('an id that is %s is not waited for', async (_case, age) => {
  const { state, load } = loads();
  expect(await patiently(idAged(age), 'ann', load)).toBeNull();
  expect(state.count).toBe(1);
});

test('who waits for many that do not come waits for four, and others are not kept from waiting', async () => {
  const invented = loads();
  const looping = Array.from({ length: 130 }, () => patiently(newId(), 'mallory', invented.load));
  const given: unknown[] = [];
  for (const answer of looping) void answer.then((copy) => given.push(copy));
  await until(() => given.length === 126);
  const honest = loads();
  const answer = patiently(newId(), 'ann', honest.load);
  await until(() => honest.state.count > 1);
  honest.state.come = true;
  expect(await answer).toBe('the copy');
  await Promise.all(looping);
  const again = loads();
  const later = patiently(newId(), 'mallory', again.load);
  await until(() => again.state.count > 1);
  again.state.come = true;
  expect(await later).toBe('the copy');
});
