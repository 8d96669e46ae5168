import { consume, countsIn } from './counts';
import { startMongo } from './testing';

const { Counts, limiter, readWindows } = countsIn('counted');
let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => void (mongo = await startMongo(Counts)));
afterEach(() => Counts.deleteMany({}));
afterAll(() => mongo.stop());

const QUARTER = 900;
const limit = limiter('test', 3, QUARTER);
const REAL = Date.now;
afterEach(() => void (Date.now = REAL));
const isRefused = async (key = 'ann') => (await consume(limit, key)) > 0;

test('as many uses of a key as allowed, however many come at once, and those of others', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => isRefused()));
  expect(answers.filter((refused) => !refused)).toHaveLength(3);
  expect(await isRefused('bob')).toBe(false);
  expect(await consume(limit, 'ann')).toBeGreaterThan(QUARTER - 60);
  expect(await Counts.countDocuments()).toBe(2);
});

test("a window ends by the database's clock, wherever this machine's is", async () => {
  for (let use = 0; use < 3; use++) await limit.add('ann');
  for (const ahead of [2 * QUARTER, -2 * QUARTER]) {
    Date.now = () => REAL() + ahead * 1000;
    expect(await isRefused()).toBe(true);
    const [window] = await readWindows([[limit, 'ann']]);
    expect(window?.left).toBeGreaterThan((QUARTER - 60) * 1000);
    expect(window?.left).toBeLessThanOrEqual(QUARTER * 1000);
    expect(await isRefused(`first ${ahead}`)).toBe(false);
    const { expire } = await Counts.findOne({ key: `test:first ${ahead}` }).orFail();
    expect(expire.getTime()).toBeLessThanOrEqual(REAL() + (QUARTER + 60) * 1000);
    expect(expire.getTime()).toBeGreaterThan(REAL() + (QUARTER - 60) * 1000);
  }
});

test('after its window a key is counted anew, before MongoDB has deleted it', async () => {
  await Counts.create({ key: 'test:ann', points: 7, expire: new Date(REAL() - 1_000) });
  expect(await readWindows([[limit, 'ann']])).toEqual([{ points: 0, left: 0 }]);
  expect(await limit.add('ann')).toMatchObject({ points: 1 });
});

test('a use that did not count is taken back', async () => {
  for (let use = 0; use < 3; use++) await limit.add('ann');
  expect(await limit.add('ann', -1)).toMatchObject({ points: 2 });
  expect(await isRefused()).toBe(false);
  expect(await isRefused()).toBe(true);
});

test('reads the windows of keys in their order', async () => {
  const other = limiter('other', 1, 60);
  await other.add('bob', 5);
  await limit.add('ann');
  const windows = await readWindows([
    [limit, 'ann'],
    [limit, 'bob'],
    [other, 'bob'],
  ]);
  expect(windows.map(({ points }) => points)).toEqual([1, 0, 5]);
});
