import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import manifest from './infra/local/src/services.cjs';

const services = manifest.names;
const tests = ['**/*.test.{ts,tsx}', '**/testing.ts', '**/testing/**'];

/** Packages that a place may not import, each with the reason. Which folder may see which: .dependency-cruiser.cjs. */
const forbid = (...patterns) => ['error', { patterns }];
const mongoose = { group: ['mongoose', 'mongodb'], message: 'Only store.ts knows mongoose.' };
const transport = { group: ['node-nats-streaming', 'nats'], message: 'Services talk through the bus of common.' };
const bus = {
  group: ['@ticketing/common'],
  importNames: ['natsBus', 'publisher', 'connectMongo'],
  message: 'runService connects; events leave through the outbox.',
};
const neighbours = { group: services.map((name) => `@ticketing/${name}`), message: 'Services share events, not code.' };

export default defineConfig(
  { ignores: ['**/dist/', '**/.next/', '**/node_modules/', '**/.cache/', '**/.local/', '**/next-env.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // Operations are closures, not methods with a `this`.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': ['error', { max: 200 }],
    },
  },
  {
    files: ['**/src/**/*.ts', 'client/**/*.{ts,tsx}'],
    ignores: ['**/config.ts', ...tests, '**/jest.setup.ts', 'client/next.config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
        { object: 'AbortSignal', property: 'any', message: 'Node.js may lose its timeouts (nodejs/node#57736).' },
      ],
    },
  },
  {
    files: services.map((name) => `${name}/src/**/*.ts`),
    ignores: tests,
    rules: { 'no-restricted-imports': forbid(mongoose, transport, bus, neighbours) },
  },
  {
    files: services.map((name) => `${name}/src/store.ts`),
    rules: { 'no-restricted-imports': forbid(transport, bus, neighbours) },
  },
  {
    files: services.map((name) => `${name}/src/domain/*.ts`),
    ignores: tests,
    rules: {
      'no-restricted-imports': forbid(
        mongoose,
        transport,
        neighbours,
        { group: ['express*', 'stripe', 'bull', 'node:*', '../*'], message: 'Rules are pure functions.' },
        { regex: '^@ticketing/common$', message: 'Rules know the contract alone: @ticketing/common/contract.' },
      ),
    },
  },
  {
    files: ['common/src/contract/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': forbid({
        group: ['node:*', '../*', 'mongoose', 'express'],
        message: 'The contract runs in a browser.',
      }),
    },
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    ignores: tests,
    rules: {
      'no-restricted-imports': forbid({
        regex: '^@ticketing/common(/testing)?$',
        message: 'The client knows the contract alone: @ticketing/common/contract.',
      }),
    },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
