import { keep } from './keep';

afterEach(() => jest.useRealTimers());

it('reads once for all callers, and again when its time has passed', async () => {
  jest.useFakeTimers();
  let reads = 0;
  const read = keep(1_000, () => Promise.resolve(++reads));
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  jest.advanceTimersByTime(999);
  expect(await read()).toBe(1);
  jest.advanceTimersByTime(1);
  expect(await read()).toBe(2);
});

it('keeps its time if the clock of the machine is set', async () => {
  let reads = 0;
  const read = keep(60_000, () => Promise.resolve(++reads));
  await read();
  const ahead = Date.now() + 3_600_000;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => ahead);
  expect(await read()).toBe(1);
  clock.mockRestore();
});

it('does not cache a failure', async () => {
  let fails = true;
  const read = keep(1_000, () => (fails ? Promise.reject(new Error('away')) : Promise.resolve('there')));
  await expect(read()).rejects.toThrow('away');
  fails = false;
  expect(await read()).toBe('there');
});
