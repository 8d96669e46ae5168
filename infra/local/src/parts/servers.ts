import type { PartPlan } from '../part';
import { accepts } from '../probes';
import { portOf, stores, type Blueprint } from './blueprint';

/** One mongod for each service that has a database. Journaling is on, as it is by default. */
export function planMongo(blueprint: Blueprint): PartPlan[] {
  return stores.map((store) => {
    const name = `mongo-${store}`;
    const port = portOf(blueprint, name);
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
      ],
      port,
      log: blueprint.folder.logOf(name),
      ready: accepts(port),
    };
  });
}

/** NATS Streaming on its file store, synced on every message, without the limits that would drop the oldest ones. */
export function planNats(blueprint: Blueprint): PartPlan {
  const port = portOf(blueprint, 'nats');
  const limits = ['channels', 'subs', 'msgs', 'bytes'].flatMap((limit) => [`--max_${limit}`, '0']);
  return {
    name: 'nats',
    kind: 'nats',
    command: blueprint.servers['nats-streaming-server'],
    args: [
      ...['-cluster_id', 'ticketing', '-a', '127.0.0.1', '-p', `${port}`, '-m', `${portOf(blueprint, 'nats-monitor')}`],
      ...['-store', 'file', '-dir', blueprint.folder.storeOf('nats'), ...limits, '--max_age', '0s'],
      ...['-hbi', '5s', '-hbt', '2s', '-hbf', '3'],
    ],
    port,
    log: blueprint.folder.logOf('nats'),
    ready: accepts(port),
  };
}

/** Redis as Bull needs it: with an append-only file, and never evicting a key. */
export function planRedis(blueprint: Blueprint): PartPlan {
  const port = portOf(blueprint, 'redis');
  return {
    name: 'redis',
    kind: 'redis',
    command: blueprint.servers['redis-server'],
    args: [
      ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', blueprint.folder.storeOf('redis'), '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
    ],
    port,
    log: blueprint.folder.logOf('redis'),
    ready: accepts(port),
  };
}
