import { Types } from 'mongoose';
import { patiently as wait } from './patience';
import { newId, until } from './testing';

const SECOND = 1_000;
const ann = { id: 'ann', network: '203.0.113.1' };
const mallory = { id: 'mallory', network: '203.0.113.2' };
const idAged = (milliseconds: number) =>
  Types.ObjectId.createFromTime(Math.floor((Date.now() - milliseconds) / SECOND)).toString();

/** The database's clock, in milliseconds ahead of this machine's. */
let ahead = 0;
afterEach(() => {
  ahead = 0;
  jest.restoreAllMocks();
});
/** Stops the time by which waits end, until mocks are restored. */
const stopTime = (now = performance.now()) => void jest.spyOn(performance, 'now').mockReturnValue(now);
const patiently = <T>(id: string, caller: typeof ann, load: () => Promise<T | null>) =>
  wait(id, caller, load, () => new Date(Date.now() + ahead));

/** Loads that find nothing until the copy has arrived. */
function loads() {
  const state = { count: 0, come: false };
  const load = () => {
    state.count++;
    return Promise.resolve(state.come ? 'the copy' : null);
  };
  return { state, load };
}

/** Fails unless a caller waits for its copy, and gets it. */
async function expectToWait(caller: typeof ann) {
  const { state, load } = loads();
  stopTime();
  const answer = patiently(idAged(-ahead), caller, load);
  await until(() => state.count > 1);
  state.come = true;
  expect(await answer).toBe('the copy');
}

test('returns at once what exists', async () => {
  const { state, load } = loads();
  state.come = true;
  expect(await patiently(newId(), ann, load)).toBe('the copy');
  expect(state.count).toBe(1);
});

test.each([0, 960, -960])(
  "waits for something created a moment ago, if the database's clock is %i s ahead",
  (seconds) => {
    ahead = seconds * SECOND;
    return expectToWait(ann);
  },
);

test("waits for what was created here a moment ago, if this machine's clock is wrong", async () => {
  ahead = 960 * SECOND;
  const { state, load } = loads();
  await patiently(newId(), ann, load);
  expect(state.count).toBeGreaterThan(1);
});

test('gives up on what does not arrive, after a few lookups', async () => {
  const { state, load } = loads();
  expect(await patiently(newId(), ann, load)).toBeNull();
  expect(state.count).toBeGreaterThan(1);
  expect(state.count).toBeLessThan(40);
});

test.each([
  ['an hour old', 3_600 * SECOND],
  ['ten seconds old', 10 * SECOND],
  ['from the future', -60 * SECOND],
])('does not wait for an id that is %s', async (_case, age) => {
  const { state, load } = loads();
  expect(await patiently(idAged(age), ann, load)).toBeNull();
  expect(state.count).toBe(1);
});

test('bounds the waits of one caller to four, so that others can wait', async () => {
  const invented = loads();
  stopTime();
  const looping = Array.from({ length: 130 }, () => patiently(newId(), mallory, invented.load));
  const given: unknown[] = [];
  for (const answer of looping) void answer.then((copy) => given.push(copy));
  await until(() => given.length === 126);
  await expectToWait(ann);
  jest.restoreAllMocks();
  await Promise.all(looping);
  await expectToWait(mallory);
});

test('bounds the waits of all accounts of one network, so that others can wait', async () => {
  const invented = loads();
  stopTime();
  const crowd = Array.from({ length: 420 }, (_, index) => ({ ...mallory, id: `mallory ${index}` }));
  const given: unknown[] = [];
  const looping = crowd.map((each) => patiently(newId(), each, invented.load).then((copy) => given.push(copy)));
  await until(() => given.length === 220);
  await expectToWait(ann);
  jest.restoreAllMocks();
  await Promise.all(looping);
});
