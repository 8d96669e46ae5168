const os = require('node:os');
const path = require('node:path');

/** What every suite shares: TypeScript through swc (types are checked once, by tsc), `common` from its source. */
module.exports = {
  testEnvironment: 'node',
  // The tests wait for servers more than they compute: Jest's own choice, one process on two cores, takes twice as long.
  maxWorkers: Math.max(2, os.availableParallelism() - 1),
  globalSetup: path.join(__dirname, 'infra/local/src/jest.setup.ts'),
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: {
    '^fast-check$': path.join(__dirname, 'infra/local/src/jest.properties.cjs'),
    '^@ticketing/common$': path.join(__dirname, 'common/src/index.ts'),
    '^@ticketing/common/(.*)$': path.join(__dirname, 'common/src/$1'),
  },
  // On a busy machine all takes ten times as long.
  testTimeout: 300_000,
};
