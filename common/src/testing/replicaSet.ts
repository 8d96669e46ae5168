import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { until } from '../testing';

const MEMBERS = [1, 2, 3];
/** How long a primary that is cut off goes on: longer than a call of ours, so that what it was asked fails before. */
const ELECTION_TIMEOUT = 15_000;
const START_LIMIT = 60_000;

const ip = (...args: string[]) => void execFileSync('ip', args, { stdio: 'pipe' });

/** Whether this machine lets us make networks: it needs root and `ip netns`. */
export function canPartition() {
  const probe = `tk${process.pid}p`;
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return false;
  const bridge = spawnSync('ip', ['link', 'add', probe, 'type', 'bridge']).status === 0;
  if (bridge) ip('link', 'del', probe);
  ip('netns', 'del', probe);
  return bridge;
}

const listens = (host: string) =>
  new Promise<boolean>((resolve) => {
    const socket = openSocket({ host, port: 27017, timeout: 1_000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
  });

/** A replica set of three mongods, each in a network of its own: we reach them all, also those that are cut off. */
export async function startReplicaSet() {
  const name = `tk${process.pid}`;
  const subnet = `10.${200 + (process.pid % 50)}.${(process.pid >> 6) % 256}`;
  const dir = await mkdtemp(join(tmpdir(), 'replica-set-'));
  const namespace = (member: number) => `${name}n${member}`;
  const address = (member: number) => `${subnet}.${10 + member}`;
  const servers: ChildProcess[] = [];
  const clients: mongo.MongoClient[] = [];

  const connect = (member: number) => {
    const uri = `mongodb://${address(member)}:27017/?directConnection=true`;
    const client = new mongo.MongoClient(uri, { timeoutMS: 5_000, serverSelectionTimeoutMS: 5_000 });
    clients.push(client);
    return client;
  };

  const stop = async () => {
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all(
      servers.map(async (server) => {
        server.kill('SIGKILL');
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      }),
    );
    for (const member of MEMBERS) spawnSync('ip', ['netns', 'del', namespace(member)]);
    spawnSync('ip', ['link', 'del', name]);
    await rm(dir, { recursive: true, force: true });
  };

  ip('link', 'add', name, 'type', 'bridge');
  ip('addr', 'add', `${subnet}.1/24`, 'dev', name);
  ip('link', 'set', name, 'up');
  for (const member of MEMBERS) {
    const near = `${name}v${member}`;
    ip('netns', 'add', namespace(member));
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace(member));
    ip('link', 'set', near, 'master', name, 'up');
    ip('-n', namespace(member), 'addr', 'add', `${address(member)}/24`, 'dev', 'eth0');
    for (const device of ['eth0', 'lo']) ip('-n', namespace(member), 'link', 'set', device, 'up');
    const mongod = [process.env.MONGOD ?? 'mongod', '--dbpath', await mkdtemp(join(dir, `${member}-`))];
    const options = ['--replSet', 'rs', '--bind_ip_all', '--oplogSize', '50', '--wiredTigerCacheSizeGB', '0.25'];
    servers.push(spawn('ip', ['netns', 'exec', namespace(member), ...mongod, ...options], { stdio: 'ignore' }));
  }
  // A client that finds nobody at first never comes back.
  for (const member of MEMBERS) await until(() => listens(address(member)), START_LIMIT);
  const admins = new Map(MEMBERS.map((member) => [member, connect(member).db('admin')]));
  const isPrimary = async (member: number) => {
    const hello = await admins.get(member)?.command({ hello: 1 });
    return hello?.isWritablePrimary === true;
  };
  /** The member that the others (all but `not`) have elected. */
  const primary = (not?: number) =>
    until(async () => {
      for (const member of MEMBERS) if (member !== not && (await isPrimary(member).catch(() => false))) return member;
      return undefined;
    }, START_LIMIT);

  const configuration = (version: number, electionTimeoutMillis: number) => ({
    _id: 'rs',
    version,
    members: MEMBERS.map((member) => ({ _id: member, host: `${address(member)}:27017` })),
    settings: { electionTimeoutMillis, heartbeatIntervalMillis: 500 },
  });
  /** Has a member do something as soon as it can. */
  const insist = (member: number, command: object) =>
    until(async () => {
      const done = await admins
        .get(member)
        ?.command(command)
        .catch(() => undefined);
      return done !== undefined;
    }, START_LIMIT);

  try {
    for (const member of MEMBERS) await insist(member, { hello: 1 });
    await insist(1, { replSetInitiate: configuration(1, 3_000) });
    await insist(await primary(), { replSetReconfig: configuration(2, ELECTION_TIMEOUT) });
  } catch (error) {
    await stop();
    throw error;
  }

  const routes = (change: 'add' | 'del', member: number) => {
    for (const other of MEMBERS.filter((each) => each !== member)) {
      ip('-n', namespace(member), 'route', change, 'blackhole', `${address(other)}/32`);
      ip('-n', namespace(other), 'route', change, 'blackhole', `${address(member)}/32`);
    }
  };
  return {
    uri: `mongodb://${MEMBERS.map(address).join(',')}/test?replicaSet=rs`,
    primary,
    /** A connection to one member alone, whatever it is. */
    direct: connect,
    /** Cuts a member off from the others, not from us. */
    cutOff: (member: number) => routes('add', member),
    heal: (member: number) => routes('del', member),
    stop,
  };
}
