import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Stripe from 'stripe';
import type { Config } from './config';
import { startEmulator } from './emulator';

/** stripe-node as a service uses it, pointed at the emulator; it does not retry. */
export function stripeAt(url: string, key = 'sk_test_key'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, timeout: 20_000 });
}

/** An emulator on a free port with its own directory, which `close` removes and `restart` keeps. */
export interface TestEmulator {
  url: string;
  stripe: Stripe;
  /** Calls one of the emulator's test controls and returns the response body. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
  restart(): Promise<TestEmulator>;
  close(): Promise<void>;
}

export async function startTestEmulator(
  overrides: Partial<Config> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'stripe-emulator-')),
): Promise<TestEmulator> {
  const emulator = await startEmulator({ port: 0, host: '127.0.0.1', dataDir, ...overrides });
  const control: TestEmulator['control'] = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${emulator.url}/_test${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_test${path} answered ${String(response.status)}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    url: emulator.url,
    stripe: stripeAt(emulator.url),
    control,
    restart: async () => {
      await emulator.close();
      return startTestEmulator(overrides, dataDir);
    },
    close: async () => {
      await emulator.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** A webhook endpoint that records what it receives; `answer` may set another status. */
export interface Endpoint {
  url: string;
  secret: string;
  received: Stripe.Event[];
  /** Events of API v2: their types and objects. */
  thin: { type: string; related: string }[];
  types(): string[];
  answer: (event: Stripe.Event) => number;
  close(): Promise<void>;
}

export async function startEndpoint(port = 0, secret = 'whsec_test'): Promise<Endpoint> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${String(taken)}/webhook`,
    secret,
    received: [],
    thin: [],
    types: () => endpoint.received.map(({ type }) => type),
    answer: () => 200,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const verifier = stripeAt('http://127.0.0.1:1');
  const take = (body: Buffer, signature: string): number => {
    try {
      if (body.includes('"v2.core.event"')) {
        const event = verifier.parseEventNotification(body, signature, secret);
        const related = 'related_object' in event ? event.related_object : null;
        if (related && 'id' in related) endpoint.thin.push({ type: event.type, related: String(related.id) });
        return 200;
      }
      const event = verifier.webhooks.constructEvent(body, signature, secret);
      const status = endpoint.answer(event);
      if (status < 300) endpoint.received.push(event);
      return status;
    } catch {
      return 400;
    }
  };
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = take(Buffer.concat(chunks), String(request.headers['stripe-signature']));
      response.writeHead(status).end();
    });
  });
  return endpoint;
}

/** Waits until `condition` holds; fails with `name` after `limitMs`. */
export async function until(
  name: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${String(limitMs)} ms in vain: ${name}`);
    await delay(10);
  }
}

/** The error that a call to Stripe ends with. */
export async function failureOf(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('Stripe accepted a call that it should have refused');
}
