const base = require('../jest.base.cjs');

module.exports = {
  ...base,
  roots: ['<rootDir>/app', '<rootDir>/components', '<rootDir>/lib', '<rootDir>/texts'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleNameMapper: { ...base.moduleNameMapper, '^@/(.*)$': '<rootDir>/$1' },
};
