import { connect as connectNats } from 'nats';
import { connect as connectStreaming, type Message, type Subscription } from 'node-nats-streaming';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, Delivery, Sighting } from './bus';
import type { Subject } from './contract';
import type { Logger } from './logger';
import { nameStore } from './natsStore';

export interface NatsOptions {
  url: string;
  clusterId: string;
  clientId: string;
  /** The service's name: its processes share the messages, and the server remembers their position. */
  group: string;
  log: Logger;
}

interface Subscribing {
  subject: Subject;
  deliver: (delivery: Delivery) => void;
}

interface Watching {
  subject: Subject;
  see: (sighting: Sighting) => void;
  /** The last message seen: its sequence number in its subject, and when the server stored it, in microseconds. */
  last: { number: number; storedAt: number } | undefined;
}

const ACK_WAIT = 15_000;
const MAX_IN_FLIGHT = 500;
const RETRY_PAUSE = 500;
/** The address of a deleted pod silently drops packets: without a limit a connection to it hangs for minutes. */
const CONNECT_TIMEOUT = 5_000;

/**
 * NATS Streaming. One connection is one epoch: node-nats-streaming restores nothing after a disconnect, and then calls
 * pending publish callbacks as if they had succeeded. So whatever ends a connection ends its epoch: everything pending
 * in it fails, and a new client connects and resubscribes, forever.
 */
export function natsBus({ url, clusterId, clientId, group, log }: NatsOptions): Bus {
  const subscriptions: Subscribing[] = [];
  const watches: Watching[] = [];
  const listeners: (() => void)[] = [];
  let epoch: Epoch | undefined;
  let closing = false;
  let running: Promise<void> | undefined;

  const run = async () => {
    while (!closing) {
      epoch = openEpoch();
      const reason = await epoch.ended;
      epoch = undefined;
      if (closing) return;
      log.warn({ reason: reason.message }, 'NATS connection ended, reconnecting');
      await delay(RETRY_PAUSE);
    }
  };

  function openEpoch() {
    const nats = connectNats({
      url,
      encoding: 'binary',
      reconnect: false,
      timeout: CONNECT_TIMEOUT,
      pingInterval: 5_000,
      maxPingOut: 2,
    });
    let alive = true;
    let ready = false;
    let store: string | undefined;
    let resolveEnded: (reason: Error) => void;
    const ended = new Promise<Error>((resolve) => (resolveEnded = resolve));
    const end = (reason: Error) => {
      if (!alive) return;
      alive = ready = false;
      nats.emit('close');
      nats.close();
      resolveEnded(reason);
    };
    nats.on('disconnect', () => end(new Error('disconnected')));
    nats.on('error', (error: Error) => end(error));
    nats.on('close', () => end(new Error('closed')));

    const streaming = connectStreaming(clusterId, clientId, {
      nc: nats,
      connectTimeout: CONNECT_TIMEOUT,
      stanPingInterval: 5_000,
      stanMaxPingOut: 3,
      maxPubAcksInflight: 1_000_000,
    });
    streaming.on('error', (error: unknown) => end(asError(error)));
    streaming.on('connection_lost', (error: unknown) => end(asError(error)));
    streaming.on('connect', () => {
      void Promise.all([...subscriptions.map(subscribe), ...watches.map(watch)]).then(() => {
        ready = alive;
        if (ready) for (const listener of listeners) listener();
      });
      void nameStore(streaming, () => alive).then((name) => (store = name));
    });

    const optionsOf = () => streaming.subscriptionOptions().setAckWait(ACK_WAIT).setMaxInFlight(MAX_IN_FLIGHT);

    /** Resolves once the server has confirmed the subscription; losing it ends the epoch. */
    const confirmed = (subject: Subject, subscription: Subscription) =>
      new Promise<void>((resolve) => {
        subscription.on('ready', resolve);
        for (const loss of ['error', 'timeout', 'unsubscribed', 'closed'])
          subscription.on(loss, (error: unknown) => end(asError(error ?? `${subject}: ${loss}`)));
      });

    const subscribe = ({ subject, deliver }: Subscribing) => {
      const options = optionsOf().setDeliverAllAvailable().setManualAckMode(true).setDurableName(group);
      const subscription = streaming.subscribe(subject, group, options);
      subscription.on('message', (message: Message) =>
        deliver({
          key: `${subject}/${message.getSequence()}`,
          text: String(message.getData()),
          ack: () => {
            if (alive) message.ack();
          },
        }),
      );
      return confirmed(subject, subscription);
    };

    const watch = (watching: Watching) => {
      const { subject, last } = watching;
      // The last message is read again: if it differs now, the server has lost its store.
      const options = last ? optionsOf().setStartAtSequence(last.number) : optionsOf().setStartWithLastReceived();
      const subscription = streaming.subscribe(subject, options);
      subscription.on('message', (message: Message) => {
        if (!message.isRedelivered()) sight(watching, message, log);
      });
      return confirmed(subject, subscription);
    };

    const publish = (subject: Subject, text: string) =>
      new Promise<void>((resolve, reject) => {
        if (!ready) return reject(new Error('NATS is not connected'));
        streaming.publish(subject, text, (error) => {
          if (alive && !error) resolve();
          else reject(asError(error ?? 'The connection ended before NATS acknowledged'));
        });
      });

    const close = async () => {
      if (!ready) return end(new Error('closed by us'));
      const closed = new Promise((resolve) => streaming.once('close', resolve));
      alive = ready = false;
      streaming.close();
      await Promise.race([closed, delay(2_000, undefined, { ref: false })]);
      nats.close();
      resolveEnded(new Error('closed by us'));
    };
    return { ended, publish, close, isReady: () => ready, store: () => store };
  }
  type Epoch = ReturnType<typeof openEpoch>;

  return {
    get ready() {
      return epoch?.isReady() ?? false;
    },
    get store() {
      return epoch?.store();
    },
    publish: (subject, text) => epoch?.publish(subject, text) ?? Promise.reject(new Error('NATS is not connected')),
    subscribe: (subject, deliver) => void subscriptions.push({ subject, deliver }),
    watch: (subject, see) => void watches.push({ subject, see, last: undefined }),
    onReady: (listener) => void listeners.push(listener),
    start: () => void (running ??= run()),
    async close() {
      closing = true;
      await epoch?.close();
      await running;
    },
  };
}

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));

function sight(watching: Watching, message: Message, log: Logger) {
  const { subject, see, last } = watching;
  const number = message.getSequence();
  const storedAt = Math.floor(message.getTimestampRaw() / 1_000);
  if (number === last?.number && storedAt === last.storedAt) return;
  watching.last = { number, storedAt };
  // Sequence numbers restart when the store is lost; the server's time does not.
  const gap = number !== (last?.number ?? 0) + 1;
  try {
    see({ sequence: storedAt, text: String(message.getData()), gap });
  } catch (error) {
    log.warn({ err: error, subject, number }, 'skipped a message that could not be parsed');
  }
}
