import { environment } from './config';
import { terminalReporter } from './reporter';
import { findServer } from './servers';

/** Before any suite: finds the real servers that suites start, and tells them where they are. */
export default async function setUp(): Promise<void> {
  const mongod = await findServer('mongod', terminalReporter);
  Object.assign(environment, {
    MONGOD: mongod,
    MONGOMS_SYSTEM_BINARY: mongod,
    MONGOMS_SYSTEM_BINARY_VERSION_CHECK: 'false',
    NATS_STREAMING_SERVER: await findServer('nats-streaming-server', terminalReporter),
    REDIS_SERVER: await findServer('redis-server', terminalReporter),
  });
}
