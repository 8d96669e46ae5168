const base = require('../jest.base.cjs');

module.exports = {
  ...base,
  roots: ['<rootDir>/lib'],
  moduleNameMapper: { ...base.moduleNameMapper, '^@/(.*)$': '<rootDir>/$1' },
};
