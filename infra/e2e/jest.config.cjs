const base = require('../../jest.base.cjs');

/** A system that runs elsewhere has servers of its own. */
const globalSetup = process.env.SYSTEM_URL ? '<rootDir>/src/elsewhere.setup.ts' : base.globalSetup;

module.exports = { ...base, globalSetup, displayName: 'e2e' };
