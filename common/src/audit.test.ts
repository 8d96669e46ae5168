import { Audit, audited, checkAudit, readAudit } from './audit';
import { Refusal } from './contract';
import { quiet, startMongo } from './testing';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Audit)));
beforeEach(() => mongo.clear());
afterAll(() => mongo.stop());

const by = '6b012edf44ec20b89357d80f';
const freeze = (target: string, reason = 'a stolen card') => ({ by, action: 'freeze', target, reason, trace: target });
const done = () => Promise.resolve('done');

test('an action is in the log before it is taken', async () => {
  const seen = await audited(freeze('a'), quiet, () => readAudit(10));
  expect(seen).toMatchObject([
    { number: 1, by, action: 'freeze', target: 'a', reason: 'a stolen card', refusal: null },
  ]);
});

test('refused actions are logged too, with the reason', async () => {
  const refused = audited(freeze('a'), quiet, () => Promise.reject(new Refusal('order-not-found')));
  await expect(refused).rejects.toMatchObject({ code: 'order-not-found' });
  expect((await readAudit(10)).map(({ number, refusal }) => [number, refusal])).toEqual([
    [2, 'order-not-found'],
    [1, null],
  ]);
});

test('concurrent actions each get their own number, and the chain holds', async () => {
  const targets = Array.from({ length: 20 }, (_, index) => `order ${index}`);
  await Promise.all(targets.map((target) => audited(freeze(target), quiet, done)));
  const found = await readAudit(100);
  expect(found.map(({ number }) => number)).toEqual(targets.map((_, index) => 20 - index));
  expect(new Set(found.map(({ target }) => target))).toEqual(new Set(targets));
  const [newest] = found;
  expect(await checkAudit([])).toEqual({ entries: 20, head: `20:${newest!.hash}` });
});

test('is read page by page, and by target', async () => {
  for (const target of ['a', 'b', 'a']) await audited(freeze(target), quiet, done);
  expect((await readAudit(2)).map(({ number }) => number)).toEqual([3, 2]);
  expect((await readAudit(2, { before: 2 })).map(({ number }) => number)).toEqual([1]);
  expect((await readAudit(9, { target: 'a' })).map(({ number }) => number)).toEqual([3, 1]);
});

describe('a log that was tampered with', () => {
  let heads: string[];
  beforeEach(async () => {
    for (const target of ['a', 'b', 'c']) await audited(freeze(target), quiet, done);
    heads = (await readAudit(9)).map(({ number, hash }) => `${number}:${hash}`);
  });

  test('passes as written, with all of its known heads', async () => {
    expect(await checkAudit(heads)).toEqual({ entries: 3, head: heads[0] });
  });

  test.each(['by', 'action', 'target', 'reason', 'trace', 'refusal', 'hash'])('shows a changed %s', async (field) => {
    await Audit.collection.updateOne({ _id: 2 as never }, { $set: { [field]: 'x' } });
    await expect(checkAudit([])).rejects.toThrow('Entry 2 of the audit log was changed');
  });

  test('shows a changed time', async () => {
    await Audit.collection.updateOne({ _id: 1 as never }, { $set: { at: new Date(0) } });
    await expect(checkAudit([])).rejects.toThrow('Entry 1 of the audit log was changed');
  });

  test('shows a missing entry', async () => {
    await Audit.collection.deleteOne({ _id: 2 as never });
    await expect(checkAudit([])).rejects.toThrow('Entry 2 of the audit log is missing');
  });

  test('shows that it was truncated, given one of its heads', async () => {
    await Audit.collection.deleteOne({ _id: 3 as never });
    expect(await checkAudit([])).toMatchObject({ entries: 2 });
    await expect(checkAudit(heads)).rejects.toThrow('Entry 3 of the audit log is missing');
  });

  test('shows that it was rewritten, given one of its heads', async () => {
    await mongo.clear();
    for (const target of ['a', 'x', 'c']) await audited(freeze(target), quiet, done);
    expect(await checkAudit([])).toMatchObject({ entries: 3 });
    await expect(checkAudit(heads)).rejects.toThrow('Entry 1 of the audit log differs from the known head');
  });

  test('is not checked against something that is not a head', async () => {
    await expect(checkAudit(['3'])).rejects.toThrow('Usage');
  });
});
