/**
 * A separate mongod, for tests that stop it or make it fail; others share one (`startMongo`).
 * @param args further command-line arguments
 */
export async function startMongod(...args: string[]) {
  // Takes half a second to load, and few test files need it.
  const { MongoMemoryServer } = await import('mongodb-memory-server');
  const systemBinary = process.env.MONGOD;
  const server = await MongoMemoryServer.create({
    binary: systemBinary ? { systemBinary, checkMD5: false } : {},
    instance: { launchTimeout: 60_000, args: ['--networkMessageCompressors', 'snappy,zstd', ...args] },
  });
  return {
    uri: server.getUri('test'),
    async stop() {
      await server.stop();
    },
  };
}
