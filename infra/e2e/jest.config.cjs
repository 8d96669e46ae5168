const fs = require('node:fs');
const path = require('node:path');
const base = require('../../jest.base.cjs');

const sources = path.join(__dirname, 'src');
const groups = fs.readdirSync(sources).filter((name) => name.endsWith('.group.ts'));
/** The files that a group runs as one, on one system: each start takes some 20 s of a core. */
const grouped = groups.flatMap((group) =>
  [...fs.readFileSync(path.join(sources, group), 'utf8').matchAll(/'\.\/([^']+)\.test'/g)].map(([, name]) => name),
);

/** Files that do not disturb the servers run in parallel on a shared system. */
const sharing = [
  'account',
  'addresses',
  'browse',
  'buying',
  'checkout',
  'delivery',
  'details',
  'factors',
  'leaving',
  'live',
  'messages',
  'otherSites',
  'pages',
  'people',
  'seller',
  'selling',
  'tabs',
];
const fileOf = (name) => `<rootDir>/src/${name}.test.ts`;
const shared = sharing.map((name) => fileOf(`browser.${name}`));

/** A system that runs elsewhere has its own servers. */
const elsewhere = process.env.SYSTEM_URL && { globalSetup: '<rootDir>/src/elsewhere.setup.ts' };
const setup = { globalSetup: '<rootDir>/src/shared.setup.ts', globalTeardown: '<rootDir>/src/shared.teardown.ts' };

/** A file of a group runs by itself when named on the command line, as do all files against a remote system. */
const named = (name) => process.argv.some((argument) => path.basename(argument, '.ts').replace(/\.test$/, '') === name);
const apart = elsewhere || grouped.some(named);
const own = apart
  ? { testPathIgnorePatterns: shared.map((file) => `${file}$`) }
  : {
      testMatch: [...base.testMatch, '**/*.group.ts'],
      testPathIgnorePatterns: [...shared, ...grouped.map(fileOf)].map((file) => `${file}$`),
    };

/** On a busy machine all takes ten times as long. */
const testTimeout = 900_000;

module.exports = {
  testTimeout,
  // Each file drives a browser, a system of 14 processes, or both, and waits for them more than it computes.
  maxWorkers: 2,
  testSequencer: './sequencer.cjs',
  projects: [
    { ...base, ...(elsewhere ?? setup), displayName: 'e2e, shared', testMatch: shared },
    { ...base, ...elsewhere, displayName: 'e2e', ...own },
  ].map(({ maxWorkers, ...project }) => ({ ...project, testTimeout, rootDir: __dirname })),
};
