module.exports = {
  ...require('../jest.base.cjs'),
  globalSetup: '<rootDir>/../infra/local/src/jest.mongod.ts',
  displayName: 'auth',
};
