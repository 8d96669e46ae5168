const base = require('../jest.base.cjs');

/** Components are compiled as Next.js does. */
const [[files, [swc, { jsc }]]] = Object.entries(base.transform);
const transform = { [files]: [swc, { jsc: { ...jsc, transform: { react: { runtime: 'automatic' } } } }] };

module.exports = {
  ...base,
  transform,
  roots: ['<rootDir>/app', '<rootDir>/components', '<rootDir>/lib', '<rootDir>/texts'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleNameMapper: { ...base.moduleNameMapper, '^@/(.*)$': '<rootDir>/$1' },
};
