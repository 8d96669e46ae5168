import { once } from 'node:events';
import type { RequestHandler } from 'express';
import mongoose from 'mongoose';
import { collectDefaultMetrics } from 'prom-client';
import type { Bus } from './bus';
import { Audit, checkAudit } from './audit';
import { DatabaseClock, systemClock, type Clock } from './clock';
import { reaching, type Command } from './commands';
import { weakKeys, type BaseConfig, type SigningKeys } from './config';
import { Consumer } from './consumer';
import { Refusal, type Subject } from './contract';
import { mongoDeadLetters, ParkedEvents, type DeadLetters, type Parked } from './deadletters';
import { Ended, EndedSessions } from './ended';
import { createApp, Router, serverOf } from './http';
import { handleText, type Listeners } from './listeners';
import { createLogger, type Logger } from './logger';
import { openMongo, type Stored } from './mongo';
import { natsBus } from './nats';
import { Outbox } from './outbox';
import { publisher, type Publish } from './publisher';
import { Relay } from './relay';
import { republish, type Owned } from './republish';
import { Brokers, restoring } from './restoring';
import { gracefully } from './shutdown';
import type { Sessions } from './session';
import type { Streams } from './stream';
import { supportRoutes } from './support';
import { repeat, type Task } from './tasks';

/** The parts of a service. */
export interface Parts {
  routes?: Router;
  listeners?: Listeners;
  tasks?: Task[];
  /** Where the support desk reaches the service, such as `/api/orders`, and who has access. */
  support?: { base: string; sessions: Sessions };
  /** Event streams, closed as soon as the service stops: their readers move to another replica. */
  streams?: Streams;
  /** Where unhandled events go; default: the service's MongoDB. */
  deadLetters?: DeadLetters;
  /** Its own commands, run instead of serving if the first argument names one. */
  commands?: Record<string, Command>;
  /** What else the service is waiting for before it is ready. */
  missing?(): string[];
  close?(): Promise<unknown>;
}

/** What a service gets to build its parts. */
export interface Given {
  outbox: Outbox;
  /** Watches what every process of the service receives (see `Bus`), for event streams. */
  watch: Bus['watch'];
  log: Logger;
  /** For a command that writes (see `reaching`). */
  reach(): Promise<boolean>;
  /** The ended sessions, in a service that has `JWT_KEY`. */
  ended: Ended;
  /** The time of the service's MongoDB, which decides what has expired. */
  clock: Clock;
}

interface Options {
  name: string;
  config: BaseConfig & SigningKeys & { MONGO_URI?: string };
  /** The service's own aggregates, each with the events that describe its full current state. */
  aggregates?: Owned[];
  /** Its other collections. */
  copies?: Stored[];
}

/** A service with a database changes its aggregates only through the outbox; one without may publish directly. */
export type ServiceOptions = Options &
  (
    | { publishes?: false; start(given: Given): Parts }
    | { publishes: true; aggregates?: never; start(given: Given & { publish: Publish }): Parts }
  );

/**
 * How long a stopping service keeps answering requests in progress, in milliseconds: longer than a payment can wait for
 * Stripe. Together with the rest and the pause before SIGTERM it fits into payments' `terminationGracePeriodSeconds`.
 */
const REQUEST_LIMIT = 36_000;
/** How often a process reads which sessions have ended, in milliseconds. */
const READ_ENDED_EVERY = 500;
const DRAIN_LIMIT = 5_000;
const SHUTDOWN_LIMIT = REQUEST_LIMIT + 12_000;

/**
 * Runs a service until SIGTERM: connect → listen → ready, then drain → close. Unavailable servers are retried forever.
 * With the name of a command as the first argument, such as `redrive` or `republish`, does that instead of serving.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  const { name, config, aggregates = [], copies = [] } = options;
  const log = createLogger(name, config.LOG_LEVEL);
  // By default Node.js would print the error with all its properties, such as the password Redis rejected.
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected error: exiting');
    process.exit(1);
  });
  for (const variable of weakKeys(config)) log.warn({ variable }, 'a signing key is short enough to be guessed');
  const command = process.argv[2] ?? 'serve';
  const bus = natsBus({
    url: config.NATS_URL,
    clusterId: config.NATS_CLUSTER_ID,
    clientId: command === 'serve' ? config.NATS_CLIENT_ID : `${config.NATS_CLIENT_ID}-${command}`,
    group: name,
    log,
  });
  const owned = aggregates.map(({ model }) => model);
  const databaseClock = config.MONGO_URI ? new DatabaseClock(log) : undefined;
  const clock = databaseClock ?? systemClock;
  const relay = new Relay(bus, owned, log, clock);
  const ended = new Ended(undefined, clock);
  const [outbox, reach] = [new Outbox(relay, clock, ended.obey), reaching(bus)];
  const given = { outbox, watch: bus.watch, reach, log, clock, ended };
  const parts = options.publishes ? options.start({ ...given, publish: publisher(bus, clock) }) : options.start(given);
  const deadLetters = parts.deadLetters ?? mongoDeadLetters;
  const knowsCallers = config.JWT_KEY !== undefined;
  const models = [...owned, ...copies, ...(knowsCallers ? [EndedSessions, Audit] : []), ParkedEvents, Brokers];
  const connected = () =>
    openMongo(config.MONGO_URI, name, models, log, async () => {
      await databaseClock?.start();
      if (knowsCallers) await ended.refresh();
    });

  const end = async (): Promise<never> => {
    await relay.close();
    await bus.close();
    await parts.close?.();
    databaseClock?.stop();
    await mongoose.disconnect();
    process.exit(0);
  };
  const handle = ({ subject, text }: Parked) => handleText(parts.listeners, subject as Subject, text);
  const commands: Record<string, Command> = {
    republish: () => republish(bus, aggregates, log, clock),
    redrive: () => deadLetters.redrive((subject, text) => handle({ subject, text })),
    ...(knowsCallers && { audit: checkAudit }),
    ...parts.commands,
  };
  const run = commands[command];
  if (run) {
    await connected();
    log.info(await run(process.argv.slice(3)), `done: ${command}`);
    return end();
  }

  // By default it wakes the process a hundred times a second.
  collectDefaultMetrics({ eventLoopMonitoringPrecision: 100 });
  let loaded = false;
  /**
   * Without its indexes documents might not be unique; without its clock the time may be wrong; without knowing
   * which sessions have ended, it would accept them.
   */
  const afterLoading: RequestHandler = (_req, _res, next) => {
    if (config.MONGO_URI && !loaded) throw new Refusal('unavailable', { retryAfter: 1 });
    next();
  };
  const consumer = new Consumer(bus, deadLetters, log);
  const desk = parts.support && supportRoutes(parts.support.base, parts.support.sessions, handle);
  const app = createApp({
    // Not an empty router: Express leaves it only later, when the next one can no longer read the body.
    routes: Router().use(afterLoading, ...(desk ? [desk] : []), parts.routes ?? Router()),
    missing: () => [
      ...(bus.ready ? [] : ['bus']),
      ...(config.MONGO_URI && (!loaded || mongoose.connection.readyState !== mongoose.ConnectionStates.connected)
        ? ['database']
        : []),
      ...(parts.missing?.() ?? []),
    ],
    log,
  });
  const server = serverOf(app, log);
  const endRequests = gracefully(server);
  await once(server.listen(config.PORT, config.HOST), 'listening');

  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop.abort());
  const stopped = once(stop.signal, 'abort');

  await Promise.race([connected(), stopped]);
  loaded = true;
  parts.streams?.obey(ended, clock);
  consumer.listen(parts.listeners ?? {});
  bus.onReady(() => log.info({ port: config.PORT }, 'events are flowing'));
  bus.start();
  const reading: Task = { name: 'read which sessions ended', every: READ_ENDED_EVERY, run: () => ended.refresh() };
  const own = [...(knowsCallers ? [reading] : []), ...restoring(bus, aggregates, log, clock, stop.signal)];
  const tasks = [...own, ...(parts.tasks ?? [])].map((task) => repeat(task, log));

  await stopped;
  log.info('stopping');
  setTimeout(() => process.exit(1), SHUTDOWN_LIMIT).unref();
  parts.streams?.close();
  const [cut] = await Promise.all([endRequests(REQUEST_LIMIT), ...tasks.map((finish) => finish())]);
  if (cut > 0) log.error({ requests: cut }, 'requests were cut off: they took too long');
  await consumer.drain(DRAIN_LIMIT);
  await end();
}
