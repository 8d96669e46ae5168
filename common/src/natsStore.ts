import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message, Stan } from 'node-nats-streaming';

const CHANNEL = 'broker:store';
/** How long to wait for a store's name, if it has one, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Returns the name of the server's store: the first message in a separate channel, published by whichever client finds
 * none. If the store is lost, the next one has another name.
 * @param isAlive whether the connection is alive; if it ends, the store stays unnamed until the next one
 */
export const nameStore = (streaming: Stan, isAlive: () => boolean) =>
  new Promise<string>((resolve) => {
    const options = streaming.subscriptionOptions().setDeliverAllAvailable().setManualAckMode(true).setMaxInFlight(1);
    const subscription = streaming.subscribe(CHANNEL, options);
    for (const loss of ['error', 'timeout']) subscription.on(loss, () => undefined);
    let isNamed = false;
    subscription.once('message', (message: Message) => {
      isNamed = true;
      if (isAlive()) subscription.unsubscribe();
      resolve(String(message.getData()));
    });
    subscription.once('ready', async () => {
      await delay(PATIENCE, undefined, { ref: false });
      if (isAlive() && !isNamed) streaming.publish(CHANNEL, randomUUID(), () => undefined);
    });
  });
