import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { collectDefaultMetrics } from 'prom-client';
import { natsBus, type Bus } from './bus';
import type { BaseConfig } from './config';
import { Consumer, type Listeners } from './consumer';
import { parseEvent, type NewEvent, type Subject } from './contract';
import { mongoDeadLetters, type DeadLetters } from './deadletters';
import { createApp, Router, serverOptions } from './http';
import { createLogger, type Logger } from './logger';
import { buildIndexes, connectMongo, type Stored } from './mongo';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { republish } from './republish';
import type { Streams } from './stream';

/** Work that a service does by itself, again and again: `every` milliseconds, never twice at once. */
export interface Task {
  name: string;
  every: number;
  run(): Promise<unknown>;
}

/** What a service is made of. */
export interface Parts {
  routes?: Router;
  listeners?: Listeners;
  tasks?: Task[];
  /** Event streams, which are ended as soon as the service stops: their readers go elsewhere meanwhile. */
  streams?: Streams;
  /** Where events wait that could not be handled; the service's MongoDB unless said otherwise. */
  deadLetters?: DeadLetters;
  /** Names what else the service waits for before it is ready. */
  missing?(): string[];
  close?(): Promise<unknown>;
}

export interface ServiceOptions {
  name: string;
  config: BaseConfig & { MONGO_URI?: string };
  /** The aggregates that the service owns, each with the event that tells its whole present state. */
  aggregates?: { model: Stored; snapshot(document: never): NewEvent | undefined }[];
  /** Its other collections. */
  copies?: Stored[];
  start(given: { outbox: Outbox; bus: Bus; log: Logger }): Parts;
}

const SHUTDOWN_LIMIT = 10_000;
const DRAIN_LIMIT = 5_000;

/**
 * Runs a service until SIGTERM: connect → listen → ready, then drain → close. Servers that are not there yet
 * are tried again for ever. `redrive` or `republish` as first argument does that instead of serving.
 */
export async function runService({ name, config, aggregates = [], copies = [], start }: ServiceOptions): Promise<void> {
  const log = createLogger(name, config.LOG_LEVEL);
  const command = process.argv[2] ?? 'serve';
  const bus = natsBus({
    url: config.NATS_URL,
    clusterId: config.NATS_CLUSTER_ID,
    clientId: command === 'serve' ? config.NATS_CLIENT_ID : `${config.NATS_CLIENT_ID}-${command}`,
    group: name,
    log,
  });
  const relay = new Relay(
    bus,
    aggregates.map(({ model }) => model),
    log,
  );
  const parts = start({ outbox: new Outbox(relay), bus, log });
  const deadLetters = parts.deadLetters ?? mongoDeadLetters;
  const models = [...aggregates.map(({ model }) => model), ...copies];

  if (command === 'redrive' || command === 'republish') {
    await connect(config.MONGO_URI, name, models, log);
    if (command === 'republish') log.info(await republish(bus, aggregates), 'republished');
    else
      log.info(
        await deadLetters.redrive((subject, text) => handle(parts.listeners, subject as Subject, text)),
        'redriven',
      );
    await parts.close?.();
    await mongoose.disconnect();
    process.exit(0);
  }

  collectDefaultMetrics();
  let indexed = false;
  const consumer = new Consumer(bus, deadLetters, log);
  const app = createApp({
    routes: parts.routes ?? Router(),
    missing: () => [
      ...(bus.ready ? [] : ['bus']),
      ...(config.MONGO_URI && (!indexed || mongoose.connection.readyState !== mongoose.ConnectionStates.connected)
        ? ['database']
        : []),
      ...(parts.missing?.() ?? []),
    ],
    log,
  });
  const server = createServer(serverOptions, app).listen(config.PORT, config.HOST);
  await once(server, 'listening');

  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const stopped = once(stop.signal, 'abort');

  await Promise.race([connect(config.MONGO_URI, name, models, log), stopped]);
  indexed = true;
  consumer.listen(parts.listeners ?? {});
  bus.onReady(() => log.info({ port: config.PORT }, 'events flow'));
  bus.start();
  const timers = (parts.tasks ?? []).map((task) => repeat(task, log));

  await stopped;
  log.info('stopping');
  setTimeout(() => process.exit(1), SHUTDOWN_LIMIT).unref();
  server.close();
  parts.streams?.close();
  for (const timer of timers) clearInterval(timer);
  await consumer.drain(DRAIN_LIMIT);
  await relay.close();
  await bus.close();
  await parts.close?.();
  await mongoose.disconnect();
  process.exit(0);
}

async function connect(uri: string | undefined, name: string, models: Stored[], log: Logger) {
  if (!uri) return;
  for (;;) {
    try {
      await connectMongo(uri, name);
      for (const model of models) await buildIndexes(model);
      return;
    } catch (error) {
      log.warn({ err: error }, 'MongoDB is not there yet, trying again');
      await delay(1_000);
    }
  }
}

function repeat({ name, every, run }: Task, log: Logger) {
  let running = false;
  return setInterval(() => {
    if (running) return;
    running = true;
    run()
      .catch((error: unknown) => log.warn({ err: error, task: name }, 'task failed, it runs again'))
      .finally(() => (running = false));
  }, every);
}

async function handle(listeners: Listeners = {}, subject: Subject, text: string) {
  const listener = listeners[subject];
  if (!listener) throw new Error(`Nothing listens to ${subject} any more`);
  await listener.handle([parseEvent(subject, text) as never]);
}
