const base = require('../../jest.base.cjs');

/** Files that leave the servers alone share a system: each start costs some 20 s of a core. */
const sharing = [
  'addresses',
  'browse',
  'buying',
  'delivery',
  'details',
  'factors',
  'live',
  'messages',
  'pages',
  'seller',
  'selling',
  'tabs',
];
const shared = sharing.map((name) => `<rootDir>/src/browser.${name}.test.ts`);

/** A system that runs elsewhere has its own servers. */
const elsewhere = process.env.SYSTEM_URL && { globalSetup: '<rootDir>/src/elsewhere.setup.ts' };
const setup = { globalSetup: '<rootDir>/src/shared.setup.ts', globalTeardown: '<rootDir>/src/shared.teardown.ts' };

module.exports = {
  testTimeout: base.testTimeout,
  // Each file drives a browser, a system of 14 processes, or both.
  maxWorkers: 2,
  testSequencer: './sequencer.cjs',
  projects: [
    { ...base, ...(elsewhere ?? setup), displayName: 'e2e, shared', testMatch: shared },
    { ...base, ...elsewhere, displayName: 'e2e', testPathIgnorePatterns: shared.map((file) => `${file}$`) },
  ].map(({ maxWorkers, ...project }) => ({ ...project, rootDir: __dirname })),
};
