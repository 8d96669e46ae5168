import { Leader, type News, type Topic } from './leader';

class Silent extends EventTarget {
  close() {
    return undefined;
  }
}

it('a tab without a stream is told to poll, the others are not', () => {
  jest.useFakeTimers();
  const told: News[] = [];
  const leader = new Leader((news) => told.push(news), Silent as unknown as typeof EventSource);
  try {
    const topics: Topic[] = ['order 1', 'order 2', 'order 3', 'ticket a'];
    leader.want('a tab', topics);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(10_000);
    expect(told).toEqual(Array(2).fill({ kind: 'gap', topics: ['order 1'] }));
    leader.want('a tab', ['order 1']);
    told.length = 0;
    jest.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  } finally {
    leader.close();
    jest.useRealTimers();
  }
});
