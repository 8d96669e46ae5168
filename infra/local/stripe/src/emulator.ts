import { once, setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { Config } from './config';
import { Faults } from './faults';
import { logNothing, type Log } from './logger';
import { createApp } from './server/app';
import { Idempotency } from './server/idempotency';
import { Processor } from './server/processor';
import { Store } from './storage/store';
import { WebhookSender } from './webhooks/sender';

/** A running emulator. */
export interface Emulator {
  /** Its URL, without a trailing slash. */
  url: string;
  /** Aborts requests and webhooks in progress and closes the journal. */
  close(): Promise<void>;
}

const GRACE_MS = 1000;
/** Longer than a proxy or stripe-node keeps an idle connection, so that they never use one that is closing. */
const KEEP_ALIVE_MS = 75_000;

/** Listens, rebuilds the state from `config.dataDir`, and sends the webhooks that the last run left over. */
export async function startEmulator(config: Config, log: Log = logNothing): Promise<Emulator> {
  const server = createServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // The port is also the lock on the journal: a second emulator must fail before it touches the file.
  const listening = listen(server, config);
  const assembling = listening.then((url) => assemble(config, url, log));
  server.on(
    'request',
    (request, response) =>
      void assembling.then(({ app }) => {
        app(request, response);
      }),
  );
  const url = await listening;
  const { stop } = await assembling.catch((error: unknown) => {
    server.close();
    throw error;
  });
  log('listening', { url });

  const close = async (): Promise<void> => {
    await stop(() => closeServer(server));
    log('closed');
  };
  return { url, close };
}

interface Assembly {
  app: Express;
  /** Aborts what is in progress, then stops the server, then closes the journal. */
  stop(closeServer: () => Promise<void>): Promise<void>;
}

async function assemble(config: Config, url: string, log: Log): Promise<Assembly> {
  const store = await Store.open(config.dataDir);
  const faults = new Faults();
  const settle = (id: string): void => {
    store.commit({ settled: [id] });
  };
  const sender = config.webhook && new WebhookSender(config.webhook, faults, settle, log);
  const processor = new Processor(store, config.publicUrl ?? url, sender);
  const closing = new AbortController();
  // As many as there are slow calls at once.
  setMaxListeners(0, closing.signal);
  const idempotency = new Idempotency(store.state);
  const app = createApp({ processor, idempotency, faults, closing: closing.signal }, log);
  store.state.pending().forEach((event) => sender?.send(event));
  const stop: Assembly['stop'] = async (closeServer) => {
    sender?.close();
    closing.abort();
    await closeServer();
    store.close();
  };
  return { app, stop };
}

async function listen(server: Server, { port, host }: Config): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearTimeout(force);
}
