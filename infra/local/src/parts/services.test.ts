import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { environment, readSettings } from '../config.cjs';
import { openData } from '../data';
import { names } from '../services.cjs';
import { findFreePort } from '../ports';
import { portNames, type Blueprint } from './blueprint';
import { planClient, planServices } from './services';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'services-'));
afterAll(() => fs.rmSync(home, { recursive: true }));

/** The plan for parts with these ports. */
async function planned<T>(plan: (blueprint: Blueprint) => T, some: Record<string, number> = {}): Promise<T> {
  const folder = await openData(home);
  const ports = { ...Object.fromEntries(portNames(1).map((name, index) => [name, 1000 + index])), ...some };
  const servers = { mongod: '', 'nats-streaming-server': '', 'redis-server': '' };
  const made = plan({
    ...{ folder, servers, ports, settings: readSettings(), proxyPort: 1, replicas: 1, dev: false },
  });
  folder.release();
  return made;
}

/** Each service's environment, when this process has these settings. */
async function told(settings: Record<string, string>): Promise<NodeJS.ProcessEnv[]> {
  const before = { ...environment };
  Object.assign(environment, settings);
  const plans = await planned(planServices);
  for (const name of Object.keys(settings)) {
    if (before[name] === undefined) delete environment[name];
    else environment[name] = before[name];
  }
  expect(plans.map(({ name }) => name)).toEqual(names);
  return plans.map(({ env }) => env!);
}

test('every service gets the settings of the environment', async () => {
  const settings = { SIGNUPS_PER_ADDRESS: '5', HOLDS_PER_BUYER: '3', ORDER_WINDOW_SECONDS: '60', CURRENCY: 'eur' };
  for (const env of await told(settings)) expect(env).toMatchObject(settings);
});

test('on one machine all callers share an address, whose sign-ups are not limited', async () => {
  for (const env of await told({})) expect(env).toMatchObject({ SIGNUPS_PER_ADDRESS: '1000000' });
});

test("the site's readiness does not depend on its pages: they need the proxy, which waits for the site", async () => {
  const port = await findFreePort();
  const site = http.createServer(({ url }, response) => response.writeHead(url === '/healthz' ? 200 : 500).end());
  await once(site.listen(port, '127.0.0.1'), 'listening');
  const client = await planned(planClient, { client: port });
  expect(await client.ready()).toBe(true);
  site.close();
});
