const base = require('../jest.base.cjs');

const [[files, [swc, options]]] = Object.entries(base.transform);
/** JSX needs no import of React, as in Next.js. */
const jsc = { ...options.jsc, transform: { react: { runtime: 'automatic' } } };

module.exports = {
  ...base,
  roots: ['<rootDir>/app', '<rootDir>/components', '<rootDir>/lib', '<rootDir>/texts'],
  testMatch: ['**/*.test.{ts,tsx}'],
  transform: { [files]: [swc, { ...options, jsc }] },
  moduleNameMapper: { ...base.moduleNameMapper, '^@/(.*)$': '<rootDir>/$1' },
};
