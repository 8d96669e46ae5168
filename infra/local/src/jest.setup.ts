import { environment } from './config.cjs';
import { terminalReporter } from './reporter.cjs';
import { findServers } from './servers/index.cjs';

/** Runs before any suite: finds the real servers that suites start. */
export default async function setUp(): Promise<void> {
  const servers = await findServers(terminalReporter);
  Object.assign(environment, {
    MONGOD: servers.mongod,
    MONGOMS_SYSTEM_BINARY: servers.mongod,
    MONGOMS_SYSTEM_BINARY_VERSION_CHECK: 'false',
    NATS_STREAMING_SERVER: servers['nats-streaming-server'],
    REDIS_SERVER: servers['redis-server'],
  });
}
