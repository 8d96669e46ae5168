const base = require('../jest.base.cjs');

module.exports = {
  ...base,
  roots: ['<rootDir>/app', '<rootDir>/lib', '<rootDir>/texts'],
  moduleNameMapper: { ...base.moduleNameMapper, '^@/(.*)$': '<rootDir>/$1' },
};
