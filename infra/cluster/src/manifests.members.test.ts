import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { mongo } from 'mongoose';
import { connectMongo, createLogger, natsBus, type Bus } from '@ticketing/common';
import { quiet, until } from '@ticketing/common/testing';
import { findServer } from '@ticketing/local';
import { environmentOf } from './manifests/environment';
import { named, type KubeObject } from './manifests/kube';
import { startMembers, type Member } from './manifests/members';
import { infra, render } from './manifests/render';
import { Copy } from './manifests/testing';

/** What only production has, run with real servers and the arguments from its manifests. */

const copy = new Copy();
let objects: KubeObject[];
beforeAll(async () => {
  copy.fillIn();
  objects = await render(copy.at('k8s-prod'));
});
afterAll(() => copy.remove());

const SERVED_WITHIN_MS = 60_000;
jest.setTimeout(4 * SERVED_WITHIN_MS);

describe('three nodes of NATS Streaming', () => {
  let set: Awaited<ReturnType<typeof startMembers>>;
  const buses: Bus[] = [];
  beforeAll(async () => (set = await startMembers(objects, 'nats', await findServer('nats-streaming-server'))));
  afterAll(async () => {
    for (const bus of buses) await bus.close();
    await set.stop();
  });

  const roleOf = async ({ ports }: Member) => {
    const answer = await fetch(`http://127.0.0.1:${ports[8222]}/streaming/serverz`).catch(() => undefined);
    return answer?.ok ? ((await answer.json()) as { role: string }).role : undefined;
  };
  const leader = () =>
    until(async () => {
      const roles = await Promise.all(set.members.map(async (member) => ({ member, role: await roleOf(member) })));
      return roles.find(({ role }) => role === 'Leader')?.member;
    }, SERVED_WITHIN_MS);
  const busAt = ({ ports }: Member, clientId: string, credentials = 'ticketing:of-nats@', log = quiet) => {
    const bus = natsBus({
      url: `nats://${credentials}127.0.0.1:${ports[4222]}`,
      clusterId: 'ticketing',
      clientId,
      group: 'test',
      log,
    });
    buses.push(bus);
    return bus;
  };

  /** Retries until acknowledged: what is published while there is no leader never is. */
  const publish = (bus: Bus, text: string) => {
    const attempt = () =>
      bus.publish('ticket:created', text).then(
        () => true,
        () => false,
      );
    return until(() => Promise.race([attempt(), delay(1_000, false)]), SERVED_WITHIN_MS);
  };

  test('keep what they acknowledged when the leader dies', async () => {
    const first = await leader();
    const [one, other] = set.members.filter((member) => member !== first);
    const publisher = busAt(one!, 'publisher');
    publisher.start();
    await publish(publisher, 'before');
    await first.kill();
    await publish(publisher, 'after');

    const heard: string[] = [];
    const reader = busAt(other!, 'reader');
    reader.subscribe('ticket:created', ({ text, ack }) => {
      heard.push(text);
      ack();
    });
    reader.start();
    await until(() => heard.includes('before') && heard.includes('after'), SERVED_WITHIN_MS);

    first.start();
    expect(await until(() => roleOf(first))).toBeDefined();
  });

  test.each(['', 'ticketing:a-guess@'])(
    'let nobody in with %j, and no log contains a password',
    async (credentials) => {
      const member = set.members[0]!;
      await until(() => roleOf(member), SERVED_WITHIN_MS);
      const lines: string[] = [];
      const bus = busAt(
        member,
        'stranger',
        credentials,
        createLogger('test', 'info', { write: (line) => void lines.push(line) }),
      );
      bus.start();
      await until(() => lines.filter((line) => line.includes('reconnecting')).length > 1);
      expect(bus.ready).toBe(false);
      await bus.close();
      expect(lines.join('')).toContain('Authorization Violation');
      expect([...lines, ...set.members.map(({ log }) => log())].join('')).not.toMatch(/of-nats|a-guess/);
    },
  );
});

describe('three members of a database', () => {
  let set: Awaited<ReturnType<typeof startMembers>>;
  beforeAll(async () => (set = await startMembers(objects, 'auth-mongo', await findServer('mongod'))));
  afterAll(() => set.stop());

  const environment = () => environmentOf(objects, named(objects, 'Deployment', 'auth')!);
  const address = () => set.here(String(environment()['MONGO_URI']));

  /** Queries the set with the credentials of a URI. */
  async function ask<T>(uri: string, act: (client: mongo.MongoClient) => Promise<T>): Promise<T> {
    const client = new mongo.MongoClient(uri);
    try {
      return await act(client);
    } finally {
      await client.close();
    }
  }

  const operator = () => `${address().replace('auth:of-AUTH', '__system:ofTheMembers')}&authSource=local`;
  const isSettled = async (client: mongo.MongoClient) => {
    const { members } = await client.db('admin').command({ replSetGetStatus: 1 });
    return (members as { stateStr: string }[]).every(({ stateStr }) => /^(PRIMARY|SECONDARY)$/.test(stateStr));
  };

  /** The init container of a pod. */
  async function prepare(): Promise<number | null> {
    const child = spawn(process.execPath, [path.join(infra, 'local/database.cjs')], {
      env: { PATH: process.env.PATH, MONGO_URI: address(), MONGO_KEY: 'ofTheMembers' },
      stdio: 'ignore',
      timeout: SERVED_WITHIN_MS,
    });
    return ((await once(child, 'exit')) as [number | null])[0];
  }

  test('are initiated by the pods that start first, and serve with one of them gone', async () => {
    expect(await Promise.all([prepare(), prepare()])).toEqual([0, 0]);
    const succeeds = (act: () => Promise<unknown>) =>
      until(
        () =>
          act().then(
            () => true,
            () => false,
          ),
        SERVED_WITHIN_MS,
      );
    await succeeds(() => connectMongo(address(), 'auth'));
    await ask(operator(), (client) => until(() => isSettled(client), SERVED_WITHIN_MS));

    await set.members[0]!.kill();
    expect(await prepare()).toBe(0);
    await succeeds(() => mongoose.connection.collection('tests').insertOne({ at: new Date() }));
    await mongoose.disconnect();
    set.members[0]!.start();
  });

  test("let the service's user use its own database, and nobody in without a password", async () => {
    const find = (database: string) => (client: mongo.MongoClient) => client.db(database).collection('tests').findOne();
    expect(await ask(address(), find('auth'))).toMatchObject({ at: expect.any(Date) as Date });
    await expect(ask(address(), find('admin'))).rejects.toThrow('not authorized');
    await expect(ask(address().replace('auth:of-AUTH@', ''), find('auth'))).rejects.toThrow(/auth/);
    const wrong: unknown = await ask(address().replace('of-AUTH', 'a-guess'), find('auth')).catch(
      (error: unknown) => error,
    );
    const lines: string[] = [];
    createLogger('test', 'info', { write: (line) => void lines.push(line) }).warn({ err: wrong }, 'as services log it');
    expect(lines.join('')).toContain('Authentication failed');
    expect([...lines, ...set.members.map(({ log }) => log())].join('')).not.toMatch(/a-guess|of-AUTH|ofTheMembers/);
  });

  test('do not compress traffic with zlib, and log no slow queries', async () => {
    await ask(address(), async (client) => {
      const offered = { compression: ['zlib', 'zstd', 'snappy'] };
      expect(await client.db('admin').command({ hello: 1, ...offered })).toMatchObject({
        compression: ['zstd', 'snappy'],
      });
      const slow = { $where: 'sleep(300) || true' };
      await client
        .db('auth')
        .collection('tests')
        .find({ ...slow, email: 'someone@private.test' })
        .toArray();
      await client
        .db('auth')
        .collection('tests')
        .updateMany(slow, { $set: { email: 'someone@private.test' } });
      await client
        .db('auth')
        .collection('tests')
        .find({ ...slow, email: 'someone@private.test' })
        .toArray();
    });
    const logs = set.members.map(({ log }) => log()).join('');
    expect(logs).toContain('Waiting for connections');
    expect(logs).not.toContain('someone@private.test');
  });
});

describe('Redis', () => {
  let set: Awaited<ReturnType<typeof startMembers>>;
  beforeAll(async () => (set = await startMembers(objects, 'expiration-redis', await findServer('redis-server'))));
  afterAll(() => set.stop());

  /** Its replies, in its own protocol. */
  const ask = (...commands: string[]) =>
    until(async () => {
      const socket = net.connect(set.members[0]!.ports[6379]!, '127.0.0.1');
      socket.once('connect', () => socket.end(`${[...commands, 'QUIT'].join('\r\n')}\r\n`));
      return text(socket).catch(() => '');
    });

  test('lets nobody in without the password', async () => {
    expect(await ask('PING')).toContain('-NOAUTH');
    expect(await ask('AUTH a-guess', 'PING')).toContain('-NOAUTH');
    expect(await ask('AUTH of-redis', 'PING')).toContain('+PONG');
    expect(set.members[0]!.log()).not.toMatch(/of-redis|a-guess/);
  });
});
