import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import mongoose from 'mongoose';
import { connectMongo, natsBus, type Bus } from '@ticketing/common';
import { quiet, until } from '@ticketing/common/testing';
import { findServer } from '@ticketing/local';
import { named, type KubeObject } from './manifests/kube';
import { startMembers, type Member } from './manifests/members';
import { infra, render } from './manifests/render';
import { Copy } from './manifests/testing';

/** What only production has, run with real servers by the arguments of its manifests. */

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
  const busAt = ({ ports }: Member, clientId: string) => {
    const bus = natsBus({
      url: `nats://127.0.0.1:${ports[4222]}`,
      clusterId: 'ticketing',
      clientId,
      group: 'test',
      log: quiet,
    });
    buses.push(bus);
    return bus;
  };

  /** Repeats itself until it is acknowledged: what is published while there is no leader never is. */
  const publish = (bus: Bus, text: string) => {
    const attempt = () =>
      bus.publish('ticket:created', text).then(
        () => true,
        () => false,
      );
    return until(() => Promise.race([attempt(), delay(1_000, false)]), SERVED_WITHIN_MS);
  };

  test('what they acknowledged is still there when the leader dies', async () => {
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
});

describe('three members of a database', () => {
  let set: Awaited<ReturnType<typeof startMembers>>;
  beforeAll(async () => (set = await startMembers(objects, 'auth-mongo', await findServer('mongod'))));
  afterAll(() => set.stop());

  const address = () => set.here(String(named(objects, 'ConfigMap', 'auth')?.data['MONGO_URI']));

  const states = async () => {
    const { members } = (await mongoose.connection.db?.admin().command({ replSetGetStatus: 1 })) as {
      members: { stateStr: string }[];
    };
    return members.map(({ stateStr }) => stateStr);
  };

  /** The init container of a pod. */
  async function initiate(): Promise<number | null> {
    const script = path.join(infra, 'k8s-prod/replica-sets/initiate.cjs');
    const env = { PATH: process.env.PATH, MONGO_URI: address() };
    const child = spawn(process.execPath, [script], {
      cwd: path.join(infra, '../auth'),
      env,
      stdio: 'ignore',
      timeout: SERVED_WITHIN_MS,
    });
    return ((await once(child, 'exit')) as [number | null])[0];
  }

  test('become one set by the pods that start first, and serve with one of them gone', async () => {
    expect(await Promise.all([initiate(), initiate()])).toEqual([0, 0]);
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
    await until(
      async () => (await states()).every((state) => state === 'PRIMARY' || state === 'SECONDARY'),
      SERVED_WITHIN_MS,
    );

    await set.members[0]!.kill();
    expect(await initiate()).toBe(0);
    await succeeds(() => mongoose.connection.collection('tests').insertOne({ at: new Date() }));
    await mongoose.disconnect();
  });
});
