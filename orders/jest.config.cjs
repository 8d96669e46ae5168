module.exports = {
  ...require('../jest.base.cjs'),
  ...require('../infra/local/groups.cjs').grouped(__dirname),
  globalSetup: '<rootDir>/../infra/local/src/jest.mongod.ts',
  displayName: 'orders',
};
