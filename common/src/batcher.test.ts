import { Batcher } from './batcher';
import { until } from './testing';

/** A batcher whose batches end when the test says so. */
function controlled(atOnce = 1, size = 200) {
  const batches: { items: number[]; finish: (results: (number | Error)[]) => void; fail: (error: Error) => void }[] =
    [];
  const batcher = new Batcher<number, number>(
    (items) => new Promise((finish, fail) => batches.push({ items, finish, fail })),
    atOnce,
    size,
  );
  return { batcher, batches };
}

test('runs at once while idle, and batches what arrives meanwhile', async () => {
  const { batcher, batches } = controlled();
  const first = batcher.add(1);
  await until(() => batches.length === 1);
  const others = [batcher.add(2), batcher.add(3)];
  await new Promise(setImmediate);
  expect(batches).toHaveLength(1);
  batches[0]?.finish([10]);
  await expect(first).resolves.toBe(10);
  await until(() => batches.length === 2);
  expect(batches[1]?.items).toEqual([2, 3]);
  batches[1]?.finish([20, 30]);
  await expect(Promise.all(others)).resolves.toEqual([20, 30]);
});

test('gives each item its own result', async () => {
  const { batcher, batches } = controlled();
  const results = Promise.allSettled([batcher.add(1), batcher.add(2)]);
  await until(() => batches.length === 1);
  batches[0]?.finish([new Error('taken'), 2]);
  expect(await results).toMatchObject([{ status: 'rejected', reason: { message: 'taken' } }, { value: 2 }]);
});

test('an outage fails all items of a batch at once; the next batch proceeds', async () => {
  const { batcher, batches } = controlled();
  const results = Promise.allSettled([batcher.add(1), batcher.add(2)]);
  await until(() => batches.length === 1);
  const next = batcher.add(3);
  batches[0]?.fail(Object.assign(new Error('gone'), { name: 'MongoNetworkError' }));
  expect(await results).toMatchObject([{ reason: { message: 'gone' } }, { reason: { message: 'gone' } }]);
  await until(() => batches.length === 2);
  expect(batches[1]?.items).toEqual([3]);
  batches[1]?.finish([3]);
  await expect(next).resolves.toBe(3);
});

test('an item that makes its whole batch reject fails alone', async () => {
  let calls = 0;
  const batcher = new Batcher<number, number>((items) => {
    calls++;
    return items.includes(13) ? Promise.reject(new Error('poison')) : Promise.resolve(items.map((item) => item * 2));
  });
  const results = await Promise.allSettled(Array.from({ length: 100 }, (_, item) => batcher.add(item)));
  results.forEach((result, item) =>
    expect(result).toMatchObject(item === 13 ? { reason: { message: 'poison' } } : { value: item * 2 }),
  );
  expect(calls).toBeLessThan(20);
});

test('bounds the size of batches and how many run at once', async () => {
  const { batcher, batches } = controlled(2, 2);
  const all = Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)));
  await until(() => batches.length === 1);
  batches[0]?.finish([1, 2]);
  await until(() => batches.length === 2);
  expect(batches[1]?.items).toEqual([3, 4]);
  batches[1]?.finish([3, 4]);
  await until(() => batches.length === 3);
  batches[2]?.finish([5]);
  await expect(all).resolves.toEqual([1, 2, 3, 4, 5]);
});
