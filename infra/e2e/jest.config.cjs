const base = require('../../jest.base.cjs');

/** A system that runs elsewhere has its own servers. */
const globalSetup = process.env.SYSTEM_URL ? '<rootDir>/src/elsewhere.setup.ts' : base.globalSetup;

/** Each file has its own system of 14 processes. */
const maxWorkers = 2;

module.exports = { ...base, globalSetup, maxWorkers, displayName: 'e2e' };
