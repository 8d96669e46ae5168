import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect as openSocket, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mongo } from 'mongoose';
import { until } from '../testing';

const MEMBERS = [1, 2, 3];
const PORT = 27017;
/** How long a primary that is cut off continues: longer than our calls may take, so that they fail first. */
const ELECTION_TIMEOUT = 15_000;
const START_LIMIT = 60_000;

const ip = (...args: string[]) => void execFileSync('ip', args, { stdio: 'pipe' });

/** Whether we can create networks on this machine: that needs root and `ip netns`. */
export function canPartition() {
  const probe = `tk${process.pid}p`;
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return false;
  const bridge = spawnSync('ip', ['-n', probe, 'link', 'add', 'probe', 'type', 'bridge']).status === 0;
  ip('netns', 'del', probe);
  return bridge;
}

/** Forwards connections from one of our addresses to a server's Unix socket, which no network separates from us. */
async function forward(host: string, path: string): Promise<Server> {
  const server = createServer((near) => {
    const far = openSocket(path);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      from
        .on('error', () => to.destroy())
        .on('close', () => to.destroy())
        .pipe(to);
  });
  await once(server.listen(PORT, host), 'listening');
  return server.unref();
}

const listens = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = openSocket({ path, timeout: 1_000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
  });

/**
 * A replica set of three mongods, each in its own network: we can reach them all, even those that are cut off.
 *
 * The machine itself gets no interface or address, only a route to loopback: a browser run by another test drops
 * its requests whenever an address comes or goes (ERR_NETWORK_CHANGED).
 */
export async function startReplicaSet() {
  const name = `tk${process.pid}`;
  const subnet = `10.${200 + (process.pid % 50)}.${(process.pid >> 6) % 256}`;
  const dir = await mkdtemp(join(tmpdir(), 'replica-set-'));
  const namespace = (member: number) => `${name}n${member}`;
  const address = (member: number) => `${subnet}.${10 + member}`;
  const switchboard = `${name}s`;
  const socket = (member: number) => join(dir, `${member}`, `mongodb-${PORT}.sock`);
  const servers: ChildProcess[] = [];
  const forwarders: Server[] = [];
  const clients: mongo.MongoClient[] = [];

  const connect = (member: number) => {
    const uri = `mongodb://${address(member)}:${PORT}/?directConnection=true`;
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
    for (const forwarder of forwarders) forwarder.close();
    for (const each of [...MEMBERS.map(namespace), switchboard]) spawnSync('ip', ['netns', 'del', each]);
    spawnSync('ip', ['route', 'del', 'local', `${subnet}.0/24`, 'dev', 'lo']);
    await rm(dir, { recursive: true, force: true });
  };

  ip('route', 'add', 'local', `${subnet}.0/24`, 'dev', 'lo');
  ip('netns', 'add', switchboard);
  ip('-n', switchboard, 'link', 'add', 'bridge', 'type', 'bridge');
  ip('-n', switchboard, 'link', 'set', 'bridge', 'up');
  for (const member of MEMBERS) {
    const [own, port] = [namespace(member), `port${member}`];
    ip('netns', 'add', own);
    ip('-n', switchboard, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', own);
    ip('-n', switchboard, 'link', 'set', port, 'master', 'bridge', 'up');
    ip('-n', own, 'addr', 'add', `${address(member)}/24`, 'dev', 'eth0');
    for (const device of ['eth0', 'lo']) ip('-n', own, 'link', 'set', device, 'up');
    const folder = dirname(socket(member));
    await mkdir(folder);
    const mongod = [process.env.MONGOD ?? 'mongod', '--dbpath', folder, '--unixSocketPrefix', folder];
    const lean = ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'diagnosticDataCollectionEnabled=false'];
    const options = ['--replSet', 'rs', '--bind_ip_all', '--oplogSize', '50', ...lean];
    servers.push(spawn('ip', ['netns', 'exec', own, ...mongod, ...options], { stdio: 'ignore' }));
    forwarders.push(await forward(address(member), socket(member)));
  }
  // A client that finds no server at first never recovers.
  for (const member of MEMBERS) await until(() => listens(socket(member)), START_LIMIT);
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
    members: MEMBERS.map((member) => ({ _id: member, host: `${address(member)}:${PORT}` })),
    settings: { electionTimeoutMillis, heartbeatIntervalMillis: 500 },
  });
  /** Runs something on a member as soon as possible. */
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
    /** A connection to one member alone, whatever its role. */
    direct: connect,
    /** Cuts a member off from the others, but not from us. */
    cutOff: (member: number) => routes('add', member),
    heal: (member: number) => routes('del', member),
    stop,
  };
}
