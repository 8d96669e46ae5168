import fs from 'node:fs';
import path from 'node:path';
import { prepareDatabase } from '../../database.cjs';
import { root } from '../config.cjs';
import type { PartPlan } from '../part';
import { accepts } from '../probes';
import { needing } from '../services.cjs';
import { portOf, type Blueprint, type Service, type Surroundings } from './blueprint';

/** The address at which a service finds its database, with its password. */
export const mongoUri = (blueprint: Surroundings, service: Service) =>
  `mongodb://${service}:${blueprint.folder.secret(`${service}-mongo-password`)}@127.0.0.1:${portOf(blueprint, `mongo-${service}`)}/${service}`;

/** The same for NATS Streaming. */
export const natsUrl = (blueprint: Surroundings) =>
  `nats://ticketing:${blueprint.folder.secret('nats-password')}@127.0.0.1:${portOf(blueprint, 'nats')}`;

/** The same for Redis. */
export const redisUrl = (blueprint: Surroundings) =>
  `redis://:${blueprint.folder.secret('redis-password')}@127.0.0.1:${portOf(blueprint, 'redis')}`;

/** A settings file readable only by the user; command-line arguments are visible to all users of the machine. */
function secretFile({ folder }: Blueprint, name: string, text: string): string {
  const file = path.join(folder.storeOf('secrets'), name);
  fs.writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/**
 * One mongod for each service that has a database. Journaling is on, as it is by default. Ready once the service's user
 * can use it, even if its data is older than access control.
 */
export function planMongo(blueprint: Blueprint): PartPlan[] {
  return needing('mongo').map((service) => {
    const name = `mongo-${service}`;
    const port = portOf(blueprint, name);
    const key = blueprint.folder.secret('mongo-key');
    return {
      name,
      kind: 'mongo',
      command: blueprint.servers.mongod,
      args: [
        ...[
          '--dbpath',
          blueprint.folder.storeOf(name),
          '--port',
          `${port}`,
          '--bind_ip',
          '127.0.0.1',
          '--nounixsocket',
        ],
        ...['--wiredTigerCacheSizeGB', '0.25', '--quiet', '--setParameter', 'diagnosticDataCollectionEnabled=false'],
        ...['--networkMessageCompressors', 'snappy,zstd', '--slowms', '2147483647'],
        ...['--keyFile', secretFile(blueprint, 'mongo-key', key)],
      ],
      port,
      log: blueprint.folder.logOf(name),
      ready: async () => (await accepts(port)()) && succeeds(prepareDatabase(mongoUri(blueprint, service), key)),
    };
  });
}

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

/** NATS Streaming on its file store, synced on every message, without the limits that would drop the oldest ones. */
export function planNats(blueprint: Blueprint): PartPlan {
  const port = portOf(blueprint, 'nats');
  const password = blueprint.folder.secret('nats-password');
  const limits = ['channels', 'subs', 'msgs', 'bytes'].flatMap((limit) => [`--max_${limit}`, '0']);
  return {
    name: 'nats',
    kind: 'nats',
    command: blueprint.servers['nats-streaming-server'],
    args: [
      ...['-c', secretFile(blueprint, 'nats.conf', `authorization { user: ticketing, password: "${password}" }\n`)],
      ...['-cluster_id', 'ticketing', '-a', '127.0.0.1', '-p', `${port}`, '-m', `${portOf(blueprint, 'nats-monitor')}`],
      ...['-store', 'file', '-dir', blueprint.folder.storeOf('nats'), ...limits, '--max_age', '0s'],
      ...['-sc', path.join(root, 'infra/docker/nats.conf')],
      ...['-hbi', '5s', '-hbt', '2s', '-hbf', '3'],
    ],
    port,
    log: blueprint.folder.logOf('nats'),
    ready: accepts(port),
  };
}

/** Redis as Bull needs it: append-only, and never evicting a key. */
export function planRedis(blueprint: Blueprint): PartPlan {
  const port = portOf(blueprint, 'redis');
  return {
    name: 'redis',
    kind: 'redis',
    command: blueprint.servers['redis-server'],
    args: [
      secretFile(blueprint, 'redis.conf', `requirepass ${blueprint.folder.secret('redis-password')}\n`),
      ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', blueprint.folder.storeOf('redis'), '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
    ],
    port,
    log: blueprint.folder.logOf('redis'),
    ready: accepts(port),
  };
}
