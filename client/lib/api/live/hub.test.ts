import type { TicketBody } from '@ticketing/common/contract';
import { Hub, type Topic } from './hub';

/** The browser's open streams; each opens at once, and sends what the test tells it to. */
class Stream extends EventTarget {
  static all: Stream[] = [];
  static readonly CLOSED = 2;
  static paths = () => Stream.all.map(({ path }) => path);
  readyState = 1;
  onopen?: () => void;
  onerror?: () => void;
  constructor(readonly path: string) {
    super();
    Stream.all.push(this);
    queueMicrotask(() => this.onopen?.());
  }
  says = (event: string, data: unknown) => this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  close() {
    Stream.all = Stream.all.filter((stream) => stream !== this);
  }
}

/** Like navigator.locks: one tab holds the lock, the others queue. */
class Lock {
  private readonly waiting: { tab: string; run: () => Promise<void> }[] = [];
  holder: string | undefined;
  of =
    (tab: string) =>
    (run: () => Promise<void>): void => {
      this.waiting.push({ tab, run });
      this.next();
    };
  /** What the browser does when a tab is gone. */
  takeFrom(tab: string) {
    if (this.holder !== tab) return;
    this.holder = undefined;
    this.next();
  }
  private next() {
    const first = this.holder === undefined ? this.waiting.shift() : undefined;
    if (!first) return;
    this.holder = first.tab;
    void first.run().then(() => this.takeFrom(first.tab));
  }
}

let lock: Lock;
let hubs: Hub[];
let channels: BroadcastChannel[];
let name = 0;

beforeEach(() => {
  [lock, hubs, channels, Stream.all] = [new Lock(), [], [], []];
  name++;
});
afterEach(() => {
  for (const hub of hubs) hub.look(false);
  for (const channel of channels) channel.close();
});

/** A visible tab that follows some topics. */
function tab(called: string, ...topics: Topic[]) {
  const channel = new BroadcastChannel(`live ${name}`);
  channels.push(channel);
  const hub = new Hub({
    tab: called,
    channel,
    lock: lock.of(called),
    Source: Stream as unknown as typeof EventSource,
  });
  hubs.push(hub);
  const heard: unknown[] = [];
  const gaps: string[] = [];
  hub.look(true);
  const leave = hub.follow(topics, { hear: (data) => heard.push(data), gap: () => gaps.push(called) });
  return {
    hub,
    heard,
    gaps,
    leave,
    /** Its process dies without notice. */
    die: () => {
      channel.postMessage = () => undefined;
      channel.close();
      for (const stream of Stream.all) stream.close();
      lock.takeFrom(called);
    },
  };
}

async function until(check: () => boolean) {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 1));
}
const streams = (...paths: string[]) => until(() => Stream.paths().sort().join() === paths.sort().join());
const ticket = (id: string) => ({ id, title: 'x' }) as TicketBody;

it('all tabs share one stream, and each gets what it follows', async () => {
  const [one, two] = [tab('one', 'ticket a', 'ticket b'), tab('two', 'ticket b', 'ticket c')];
  await streams('/api/tickets/events?ids=a,b,c');
  Stream.all[0]?.says('ticket', ticket('c'));
  Stream.all[0]?.says('ticket', ticket('b'));
  await until(() => two.heard.length === 2);
  expect(two.heard).toEqual([ticket('c'), ticket('b')]);
  expect(one.heard).toEqual([ticket('b')]);
});

it('all tabs refetch when the stream may have missed something', async () => {
  const [one, two] = [tab('one', 'ticket a'), tab('two', 'ticket a')];
  await until(() => one.gaps.length > 0 && two.gaps.length > 0);
  const before = [one.gaps.length, two.gaps.length] as const;
  Stream.all[0]?.says('refetch', {});
  await until(() => one.gaps.length > before[0] && two.gaps.length > before[1]);
});

it('a tab that joins refetches, and no further stream is opened', async () => {
  tab('one', 'ticket a', 'ticket b');
  await streams('/api/tickets/events?ids=a,b');
  const [stream] = Stream.all;
  const late = tab('late', 'ticket b');
  await until(() => late.gaps.length > 0);
  expect(Stream.all).toEqual([stream]);
});

it('when the leader dies another takes over for the remaining tabs', async () => {
  const one = tab('one', 'ticket a');
  tab('two', 'ticket b');
  const three = tab('three', 'order 7');
  await streams('/api/tickets/events?ids=a,b', '/api/orders/7/events');
  one.die();
  await streams('/api/tickets/events?ids=b', '/api/orders/7/events');
  Stream.all.find(({ path }) => path.includes('orders'))?.says('order', { id: '7' });
  await until(() => three.heard.length === 1);
});

it('a hidden tab neither streams nor leads; visible again, it refetches', async () => {
  const one = tab('one', 'ticket a');
  const two = tab('two', 'ticket b');
  await streams('/api/tickets/events?ids=a,b');
  one.hub.look(false);
  await streams('/api/tickets/events?ids=b');
  two.hub.look(false);
  await streams();
  const { length } = one.gaps;
  one.hub.look(true);
  await streams('/api/tickets/events?ids=a');
  await until(() => one.gaps.length > length);
});

it('a closed page is no longer followed', async () => {
  const one = tab('one', 'ticket a');
  await streams('/api/tickets/events?ids=a');
  one.leave();
  await streams();
  await until(() => lock.holder === undefined);
});

it('what only another tab followed is dropped once that one leaves', async () => {
  tab('one', 'order 1');
  const two = tab('two', 'order 2');
  await streams('/api/orders/1/events', '/api/orders/2/events');
  two.leave();
  await streams('/api/orders/1/events');
});

it("a seller's sales are one stream for all tabs, in addition to those of orders", async () => {
  const [one, two] = [tab('one', 'sales', 'ticket a'), tab('two', 'sales', 'order 1')];
  await streams('/api/tickets/events?ids=a', '/api/orders/sales/events', '/api/orders/1/events');
  Stream.all.find(({ path }) => path.includes('sales'))?.says('sale', { id: '7' });
  await until(() => one.heard.length === 1 && two.heard.length === 1);
  expect(two.heard).toEqual([{ id: '7' }]);
});

it('however many orders are followed, most connections stay free', async () => {
  Array.from({ length: 7 }, (_, index) => tab(`tab ${index}`, `order ${index}`, 'ticket a'));
  tab('board', 'sales', 'ticket a');
  await streams('/api/tickets/events?ids=a', '/api/orders/6/events', '/api/orders/sales/events');
});
