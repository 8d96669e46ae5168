import { Sharing } from './sharing';

/** Runs that the test ends: their results, in the order in which they began. */
function runs() {
  const ends: ((error?: Error) => void)[] = [];
  const work = jest.fn(
    () =>
      new Promise<number>((resolve, reject) => {
        const number = ends.length + 1;
        ends.push((error) => (error ? reject(error) : resolve(number)));
      }),
  );
  return { work, ends };
}

test('whoever asks during a run shares the next one, which begins after that', async () => {
  const [sharing, { work, ends }] = [new Sharing<number>(), runs()];
  const first = sharing.run('a', work);
  const later = [sharing.run('a', work), sharing.run('a', work)];
  expect(work).toHaveBeenCalledTimes(1);
  ends[0]?.();
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(work).toHaveBeenCalledTimes(2);
  const last = sharing.run('a', work);
  ends[1]?.();
  expect(await Promise.all(later)).toEqual([2, 2]);
  await Promise.resolve();
  ends[2]?.();
  expect(await last).toBe(3);
});

test('a failure reaches only those who shared it, and different keys wait for nobody', async () => {
  const [sharing, { work, ends }] = [new Sharing<number>(), runs()];
  const failed = sharing.run('a', work);
  const next = sharing.run('a', work);
  const other = sharing.run('b', work);
  ends[1]?.();
  expect(await other).toBe(2);
  ends[0]?.(new Error('out of reach'));
  await expect(failed).rejects.toThrow('out of reach');
  await Promise.resolve();
  ends[2]?.();
  expect(await next).toBe(3);
  const again = sharing.run('a', work);
  ends[3]?.();
  expect(await again).toBe(4);
});
