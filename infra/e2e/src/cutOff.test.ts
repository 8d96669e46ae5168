import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answers, freePort, serve, startNats, until } from '@ticketing/common/testing';
import type { OrderBody } from '@ticketing/common';
import { canPartition, startReplicaSet } from '../../../common/src/testing/replicaSet';
import { createProxy } from '../../local/src/proxy/proxy';
import { Bank } from './bank';
import { crowd, Refused, type Person } from './people';

/** Real services, on one replica set whose primary is cut off from the others while buyers pay. */
const possible = canPartition();
if (!possible) console.warn('NOT TESTED: paying while a primary is cut off. It needs root and `ip netns`.');

const SERVICES = ['tickets', 'orders', 'payments'] as const;
const BUYERS = 12;
const PRICE = 2_050;
const [JWT_KEY, SECRET] = ['a key for tests', 'whsec_test'];

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function startServices() {
  const nats = await startNats();
  closers.push(nats.stop);
  const set = await startReplicaSet();
  closers.push(set.stop);
  const ports = Object.fromEntries(await Promise.all(SERVICES.map(async (name) => [name, await freePort()] as const)));
  const proxy = createProxy(SERVICES.map((name) => ({ prefix: `/api/${name}`, ports: [ports[name]!] })));
  const { url, stop } = await serve((req, res) => void proxy.emit('request', req, res));
  closers.push(stop);
  const run = (program: string, env: NodeJS.ProcessEnv) => {
    const child = spawn(process.execPath, [path.join(__dirname, '../../..', program)], {
      env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    closers.push(() => end(child));
  };
  const [stripePort, data] = [await freePort(), await mkdtemp(path.join(tmpdir(), 'stripe-'))];
  const stripeUrl = `http://127.0.0.1:${stripePort}`;
  closers.push(() => rm(data, { recursive: true }));
  run('infra/local/stripe/dist/index.js', {
    ...{ PORT: `${stripePort}`, DATA_DIR: data, PUBLIC_URL: stripeUrl },
    ...{ WEBHOOK_URL: `${url}/api/payments/webhook`, WEBHOOK_SECRET: SECRET },
  });
  for (const name of SERVICES)
    run(`${name}/dist/index.js`, {
      ...{
        PORT: `${ports[name]}`,
        JWT_KEY,
        DELIVERY_KEY: JWT_KEY,
        BARCODE_KEY: JWT_KEY,
        ORDER_WINDOW_SECONDS: '1200',
        MONGO_URI: set.uri.replace('/test?', `/${name}?`),
      },
      ...{ NATS_URL: `nats://127.0.0.1:${nats.port}`, NATS_CLUSTER_ID: 'ticketing', NATS_CLIENT_ID: name },
      ...{ STRIPE_KEY: 'sk_test_key', STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_URL: stripeUrl },
    });
  for (const name of SERVICES) await until(() => answers(`http://127.0.0.1:${ports[name]}/readyz`), 300_000);
  return { url, set, bank: new Bank(stripeUrl) };
}

async function end(child: ChildProcess) {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

interface Purchase {
  buyer: Person;
  order: OrderBody;
}

/** Pays, as a persistent buyer would, until the outcome is known. */
async function insist({ buyer, order }: Purchase): Promise<OrderBody> {
  return until(async () => {
    await buyer.pay(order.id).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
    const now = await buyer.order(order.id).catch(() => undefined);
    return now && (now.status === 'complete' || now.status === 'cancelled') ? now : undefined;
  }, 600_000);
}

(possible ? test : test.skip)(
  'twelve buyers who pay through a primary cut off from its majority are charged for what they get, and nothing else',
  async () => {
    const { url, set, bank } = await startServices();
    const [seller, ...buyers] = crowd(url, JWT_KEY, BUYERS + 1) as [Person, ...Person[]];
    const purchases = await Promise.all(
      buyers.map(async (buyer, index): Promise<Purchase> => {
        const ticket = await seller.list(`Seat ${index}`, PRICE / 100);
        return { buyer, order: await buyer.hold(ticket.id) };
      }),
    );
    for (const { buyer, order } of purchases)
      await until(async () => (await buyer.ticket(order.ticket.id)).status === 'held');

    const cut = await set.primary();
    // Half of them are in progress by then.
    const first = purchases.slice(0, BUYERS / 2).map(insist);
    await Promise.race(
      purchases.slice(0, 2).map(({ buyer, order }) => until(() => buyer.payment(order.id).catch(() => undefined))),
    );
    set.cutOff(cut);
    const rest = purchases.slice(BUYERS / 2);
    await Promise.all(
      rest.map(({ buyer, order }) =>
        buyer.pay(order.id).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Refused);
          expect((error as Refused).status).toBe(503);
        }),
      ),
    );

    const second = rest.map(insist);
    await set.primary(cut);
    set.heal(cut);
    const ended = await Promise.all([...first, ...second]);
    for (const [index, { status, id, ticket }] of ended.entries()) {
      const charged = status === 'complete' ? PRICE : 0;
      await until(async () => {
        const { held, captured, refunded } = await bank.moneyOf(id);
        return held === 0 && captured - refunded === charged;
      });
      const sold = { status: 'sold', orderId: id };
      await until(async () => (await seller.ticket(ticket.id)).status === (charged ? 'sold' : 'available'));
      if (charged) expect(await seller.ticket(ticket.id)).toMatchObject(sold);
      expect([index, status]).toEqual([index, 'complete']);
    }
    expect((await bank.totals()).captured).toBe(PRICE * BUYERS);
  },
  1_200_000,
);
