import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type Stripe from 'stripe';
import { startEndpoint, stripeAt, until, type Endpoint } from './testing';

interface Program {
  child: ChildProcess;
  url: string;
}

const started: ChildProcess[] = [];

/** The program as the stack runs it: compiled. */
async function run(environment: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, [join(__dirname, '../dist/index.js')], {
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { message, url } = JSON.parse(line) as { message: string; url: string };
  if (message !== 'listening') throw new Error(`The emulator did not start: ${line}`);
  return { child, url };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown[]> {
  const exited = once(child, 'exit');
  child.kill(signal);
  return exited;
}

let dataDir: string;
let endpoint: Endpoint;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stripe-emulator-'));
  endpoint = await startEndpoint();
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGKILL');
  }
  await endpoint.close();
  rmSync(dataDir, { recursive: true });
});

function hold(stripe: Stripe, orderId: string): Promise<Stripe.PaymentIntent> {
  const params = {
    amount: 2000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    metadata: { orderId },
  } as const;
  return stripe.paymentIntents.create({ ...params, payment_method: 'pm_card_visa' }, { idempotencyKey: orderId });
}

test('what was answered survives kill -9, and an unanswered request takes effect once when retried', async () => {
  const environment = { DATA_DIR: dataDir, WEBHOOK_URL: endpoint.url, WEBHOOK_SECRET: endpoint.secret };
  const answered = new Map<string, Stripe.PaymentIntent>();
  const orders: string[] = [];

  for (let round = 0; round < 3; round += 1) {
    const before = answered.size;
    const program = await run(environment);
    const stripe = stripeAt(program.url);
    let running = true;
    const buyers = Array.from({ length: 8 }, async (_, buyer) => {
      for (let count = 0; running; count += 1) {
        const order = `${String(round)}-${String(buyer)}-${String(count)}`;
        orders.push(order);
        answered.set(order, await hold(stripe, order));
      }
    });
    await until('some orders are paid', () => answered.size >= before + 100);
    await end(program.child, 'SIGKILL');
    running = false;
    await Promise.allSettled(buyers);
  }

  const program = await run(environment);
  const stripe = stripeAt(program.url);
  for (const intent of answered.values()) expect(await stripe.paymentIntents.retrieve(intent.id)).toEqual(intent);
  for (const order of orders) expect((await hold(stripe, order)).status).toBe('requires_capture');
  const intents = await stripe.paymentIntents.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  expect(intents.map(({ metadata }) => metadata.orderId).sort()).toEqual([...orders].sort());
  const told = () => new Set(endpoint.received.map(({ id }) => id)).size;
  await until('every event has arrived', () => told() === 2 * orders.length);
});

test('SIGTERM stops it cleanly', async () => {
  const program = await run({ DATA_DIR: dataDir });
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  expect(await end(program.child, 'SIGTERM')).toEqual([0, null]);
});

test('names missing variables', async () => {
  await expect(run({ PORT: 'many' })).rejects.toThrow(/PORT must be a number; DATA_DIR must be a directory/);
});
