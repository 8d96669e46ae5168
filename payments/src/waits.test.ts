import { Waits } from './waits';

const waitsOf = (limits: Partial<{ perCaller: number; total: number; patience: number }> = {}) =>
  new Waits<string>({ perCaller: 2, total: 3, patience: 60_000, ...limits });

/** A promise that the test settles. */
function deferred() {
  let resolve = (_value: string): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<string>((fulfil, fail) => ([resolve, reject] = [fulfil, fail]));
  return { promise, resolve, reject };
}

test('requests for the same thing share one run, which is repeated only after it has ended', async () => {
  const waits = waitsOf();
  const { promise, resolve } = deferred();
  const work = jest.fn(() => promise);
  const answers = Promise.all([
    waits.share('a', work),
    waits.share('a', work),
    waits.share('b', () => Promise.resolve('B')),
  ]);
  expect(work).toHaveBeenCalledTimes(1);
  resolve('A');
  expect(await answers).toEqual(['A', 'A', 'B']);
  await waits.share('a', work);
  expect(work).toHaveBeenCalledTimes(2);
});

test('a failure reaches everyone who waited, and nobody later', async () => {
  const waits = waitsOf();
  const { promise, reject } = deferred();
  const answers = Promise.allSettled([waits.share('a', () => promise), waits.share('a', () => promise)]);
  reject(new Error('out of reach'));
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await waits.share('a', () => Promise.resolve('A'))).toBe('A');
});

test('nobody waits longer than their limit, while the work continues for others', async () => {
  const waits = waitsOf({ patience: 1 });
  const { promise, resolve } = deferred();
  expect(await waits.share('a', () => promise)).toBeUndefined();
  const other = jest.fn(() => Promise.resolve('other'));
  expect(await waits.share('a', other)).toBeUndefined();
  expect(other).not.toHaveBeenCalled();
  resolve('A');
  await promise;
});

test('limits the waiting requests of one caller, and of all', async () => {
  const waits = waitsOf();
  const { promise, resolve } = deferred();
  const admitted = [waits.admit('one', () => promise), waits.admit('one', () => promise)];
  await expect(waits.admit('one', () => promise)).rejects.toMatchObject({ code: 'too-many-payments', status: 429 });
  admitted.push(waits.admit('other', () => promise));
  await expect(waits.admit('third', () => promise)).rejects.toMatchObject({ code: 'unavailable', status: 503 });
  resolve('done');
  expect(await Promise.all(admitted)).toEqual(['done', 'done', 'done']);
  const failing = waits.admit('one', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  for (let left = 3; left > 0; left--) expect(await waits.admit('one', () => Promise.resolve('again'))).toBe('again');
});
