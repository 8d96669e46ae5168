import { onceFor } from './burst';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('runs once for a burst of calls, however long, and again for the next burst', () => {
  const act = jest.fn();
  const call = onceFor(act, 500);
  for (let time = 0; time < 499; time++) {
    call();
    jest.advanceTimersByTime(1);
  }
  expect(act).not.toHaveBeenCalled();
  call();
  jest.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(10_000);
  expect(act).toHaveBeenCalledTimes(1);
  call();
  jest.advanceTimersByTime(500);
  expect(act).toHaveBeenCalledTimes(2);
});
