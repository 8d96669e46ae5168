import { listen } from './listen';

/** The browser's streams, as the test makes them open and fail. */
class Stream extends EventTarget {
  static all: Stream[] = [];
  static readonly CLOSED = 2;
  readyState = 0;
  onopen?: () => void;
  onerror?: () => void;
  constructor(readonly path: string) {
    super();
    Stream.all.push(this);
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  fails(readyState: 0 | 2) {
    this.readyState = readyState;
    this.onerror?.();
  }
  close() {
    this.readyState = 2;
  }
}
const newest = () => Stream.all.at(-1)!;

let gaps: number;
let stop: () => void;
beforeEach(() => {
  jest.useFakeTimers();
  [Stream.all, gaps] = [[], 0];
  stop = listen('/api/x', {}, () => gaps++, Stream as unknown as typeof EventSource);
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

/** Refuses the current stream; returns after how many milliseconds the next one is opened, if within a minute. */
function refusedFor(): number | undefined {
  const { length } = Stream.all;
  newest().fails(2);
  for (let waited = 500; waited <= 60_000; waited += 500) {
    jest.advanceTimersByTime(500);
    if (Stream.all.length > length) return waited;
  }
  return undefined;
}

it('whenever a stream opens, it reports a gap', () => {
  newest().opens();
  newest().fails(0);
  newest().opens();
  expect(gaps).toBe(2);
  expect(Stream.all).toHaveLength(1);
});

it('a refused stream is retried with growing pauses until it opens', () => {
  const pauses = Array.from({ length: 7 }, refusedFor);
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  newest().opens();
  expect(refusedFor()).toBe(1_000);
});

it('once stopped, it opens no more streams', () => {
  newest().fails(2);
  stop();
  jest.advanceTimersByTime(60_000);
  expect(Stream.all).toHaveLength(1);
});
