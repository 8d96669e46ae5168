import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mongo } from 'mongoose';
import { readSettings } from '../config.cjs';
import { openData } from '../data';
import { lastLines } from '../logs.cjs';
import type { PartPlan } from '../part';
import { choosePorts } from '../ports';
import { accepts } from '../probes';
import { silentReporter } from '../reporter.cjs';
import { findServers } from '../servers/index.cjs';
import { launch } from '../stack';
import { portNames, type Blueprint } from './blueprint';
import { mongoUri, planMongo, planNats, planRedis } from './servers';

const NANOSECONDS_A_DAY = 86_400e9;

/** A mongod without access control, as older versions started it. */
const withoutUsers = (part: PartPlan): PartPlan => ({
  ...part,
  args: part.args.slice(0, part.args.indexOf('--keyFile')),
  ready: accepts(part.port),
});

async function use<T>(uri: string, act: (tests: mongo.Collection) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri);
  try {
    return await act(client.db().collection('tests'));
  } finally {
    await client.close();
  }
}

/** The compressors that a server accepts, of all there are. */
async function compressorsOf(uri: string): Promise<unknown> {
  const client = new mongo.MongoClient(uri);
  try {
    const hello = await client.db('admin').command({ hello: 1, compression: ['zlib', 'snappy'] });
    return hello['compression'];
  } finally {
    await client.close();
  }
}

/** How many days the broker keeps each subject that has a limit, as it reports itself. */
const daysOf = ({ limits }: { limits: { channels: Record<string, { max_age: number }> } }) =>
  Object.fromEntries(Object.entries(limits.channels).map(([name, { max_age }]) => [name, max_age / NANOSECONDS_A_DAY]));

test('the real servers accept their options, keep files in their folders, and stop cleanly', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'servers-'));
  const folder = await openData(home);
  const blueprint: Blueprint = {
    ...{ folder, settings: readSettings(), proxyPort: 0, replicas: 1, dev: false },
    servers: await findServers(),
    ports: await choosePorts(folder.portsFile, portNames(1)),
  };
  // All databases have the same options.
  const [database] = planMongo(blueprint).filter(({ name }) => name === 'mongo-orders') as [PartPlan];
  const parts = [database, planNats(blueprint), planRedis(blueprint)];
  const before = await launch({ url: '', parts: [withoutUsers(database)], folder, reporter: silentReporter });
  await use(`mongodb://127.0.0.1:${blueprint.ports['mongo-orders']}/orders`, (tests) => tests.insertOne({ old: true }));
  await before.stop();
  const stack = await launch({ url: '', parts, folder, reporter: silentReporter });
  const storez = await fetch(`http://127.0.0.1:${blueprint.ports['nats-monitor']}/streaming/storez`);
  const limits = (await storez.json()) as Parameters<typeof daysOf>[0];
  expect(await use(mongoUri(blueprint, 'orders'), (tests) => tests.findOne())).toMatchObject({ old: true });
  const unsigned = mongoUri(blueprint, 'orders').replace(/\/\/.*@/, '//');
  await expect(use(unsigned, (tests) => tests.findOne())).rejects.toThrow('authentication');
  // zlib leaks memory to strangers (CVE-2025-14847); a slow query log contains what people wrote.
  expect(await compressorsOf(unsigned)).toEqual(['snappy']);
  for (const { args } of planMongo(blueprint)) expect(args.join(' ')).toContain('--slowms 2147483647');
  const seenByAll = [...planMongo(blueprint), ...parts].flatMap(({ args }) => args).join(' ');
  const secrets = path.join(folder.path, 'store/secrets');
  for (const name of fs.readdirSync(secrets)) {
    expect([name, fs.statSync(path.join(secrets, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(seenByAll).not.toContain(fs.readFileSync(path.join(secrets, name), 'utf8'));
  }
  await stack.stop();
  expect(limits).toMatchObject({ type: 'FILE', limits: { max_channels: 0, max_msgs: 0, max_bytes: 0, max_age: 0 } });
  expect(daysOf(limits)).toEqual({
    ...Object.fromEntries(
      ['created', 'updated', 'delisted', 'settled', 'paid', 'deleted'].map((each) => [`user:${each}`, 30]),
    ),
    ...{ 'message:owed': 30, 'session:ended': 8 },
  });
  expect(fs.existsSync(folder.storeOf('mongo-orders') + '/WiredTiger')).toBe(true);
  // Redis 6 keeps one append-only file, Redis 7 a folder of them.
  expect(fs.readdirSync(folder.storeOf('redis')).join()).toMatch(/appendonly(dir|\.aof)/);
  expect(lastLines(folder.logOf('mongo-orders'), 1)[0]).toContain('Shutting down');
  fs.rmSync(home, { recursive: true });
});
