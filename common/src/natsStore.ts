import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message, Stan } from 'node-nats-streaming';

const CHANNEL = 'broker:store';
/** How long to wait for the name that a store may have, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Names the server's store: by the first message that any client left in a channel for this. Whoever finds none leaves
 * one. A store that was lost has another name afterwards.
 * @param isAlive whether the connection is; what ends it leaves the store unnamed until the next one
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
