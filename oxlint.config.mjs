import manifest from './infra/local/src/services.cjs';

const services = manifest.names;
const tests = ['**/*.test.{ts,tsx}', '**/testing.ts', '**/testing/**'];

/** Packages that a folder may not import, and why. Which folders may import each other: .dependency-cruiser.cjs. */
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const mongoose = {
  group: ['mongoose', 'mongodb'],
  message: 'Only store.ts and *Store.ts may import mongoose: add a query there, and call it.',
};
const transport = {
  group: ['node-nats-streaming', 'nats'],
  message:
    'Services communicate through the bus in common: list the event in listeners.ts, or commit it to the outbox.',
};
const bus = {
  group: ['@ticketing/common'],
  importNames: ['natsBus', 'publisher', 'connectMongo', 'openMongo'],
  message:
    'runService connects; events are published by outbox.commit. Import the names you need, not all of them as one.',
};
const neighbours = {
  group: services.map((name) => `@ticketing/${name}`),
  message: 'Services share events, not code: keep a copy of what you need, from its events (common/src/copy.ts).',
};

const all = (plugin, ...rules) => Object.fromEntries(rules.map((rule) => [`${plugin}/${rule}`, 'error']));

export default {
  plugins: ['typescript', 'react'],
  // Every rule is listed below, so that a new version adds none unnoticed.
  categories: { correctness: 'off' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: [
    '**/*.{js,cjs,mjs}',
    '**/node_modules/',
    '**/dist/',
    '**/.next/',
    '**/.cache/',
    '**/.local/',
    '**/next-env.d.ts',
  ],
  rules: {
    ...all('eslint', 'no-array-constructor', 'no-unused-expressions', 'no-var', 'prefer-const'),
    ...all('eslint', 'prefer-rest-params', 'prefer-spread'),
    'max-lines': ['error', { max: 200 }],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    // The recommended type-checked rules of typescript-eslint. Without `unbound-method`: operations are closures, not
    // methods with a `this`.
    ...all('typescript', 'await-thenable', 'ban-ts-comment', 'no-array-delete', 'no-base-to-string'),
    ...all('typescript', 'no-duplicate-enum-values', 'no-duplicate-type-constituents', 'no-empty-object-type'),
    ...all('typescript', 'no-explicit-any', 'no-extra-non-null-assertion', 'no-floating-promises', 'no-for-in-array'),
    ...all('typescript', 'no-implied-eval', 'no-misused-new', 'no-namespace', 'no-non-null-asserted-optional-chain'),
    ...all('typescript', 'no-redundant-type-constituents', 'no-require-imports', 'no-this-alias'),
    ...all('typescript', 'no-unnecessary-type-assertion', 'no-unnecessary-type-constraint', 'no-unsafe-argument'),
    ...all('typescript', 'no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-declaration-merging'),
    ...all('typescript', 'no-unsafe-enum-comparison', 'no-unsafe-function-type', 'no-unsafe-member-access'),
    ...all('typescript', 'no-unsafe-return', 'no-unsafe-unary-minus', 'no-wrapper-object-types', 'only-throw-error'),
    ...all('typescript', 'prefer-as-const', 'prefer-namespace-keyword', 'require-await', 'restrict-plus-operands'),
    ...all('typescript', 'restrict-template-expressions', 'triple-slash-reference'),
    'typescript/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
  overrides: [
    {
      files: ['**/src/**/*.ts', 'client/**/*.{ts,tsx}'],
      excludeFiles: ['**/config.ts', ...tests, '**/jest.setup.ts', 'client/next.config.ts'],
      rules: {
        'no-restricted-properties': [
          'error',
          {
            object: 'process',
            property: 'env',
            message: 'Only config.ts reads the environment: add the variable there, and pass its value on.',
          },
          { object: 'AbortSignal', property: 'any', message: 'Node.js may lose its timeouts (nodejs/node#57736).' },
        ],
      },
    },
    {
      files: services.map((name) => `${name}/src/**/*.ts`),
      excludeFiles: tests,
      rules: forbid(mongoose, transport, bus, neighbours),
    },
    {
      files: services.map((name) => `${name}/src/{store,*Store}.ts`),
      rules: forbid(transport, bus, neighbours),
    },
    {
      files: services.map((name) => `${name}/src/domain/**/*.ts`),
      excludeFiles: tests,
      rules: forbid({
        // Everything except the contract, neighbours, and two libraries of pure functions on text.
        group: ['*', '!@ticketing/common/contract', '!./**', '!remove-accents', '!linkify-it'],
        message: 'Rules are pure functions: import only @ticketing/common/contract, and pass in everything else.',
      }),
    },
    {
      files: ['common/src/contract/**/*.ts'],
      excludeFiles: tests,
      // Which of our files it may import: .dependency-cruiser.cjs.
      rules: forbid({
        group: ['*', '!./**', '!../**', '!zod'],
        message: 'The contract runs in browsers: import only zod. Server code belongs beside contract/.',
      }),
    },
    {
      // The recommended rules of eslint-plugin-react-hooks.
      files: ['client/**/*.{ts,tsx}'],
      rules: {
        ...all('react', 'error-boundaries', 'exhaustive-deps', 'globals', 'immutability', 'incompatible-library'),
        ...all('react', 'preserve-manual-memoization', 'purity', 'refs', 'rules-of-hooks', 'set-state-in-effect'),
        ...all('react', 'set-state-in-render', 'static-components', 'unsupported-syntax', 'use-memo'),
      },
    },
    {
      files: ['client/**/*.{ts,tsx}'],
      excludeFiles: tests,
      rules: forbid({
        group: ['@ticketing/**', '!@ticketing/common/contract', '!@ticketing/common/contract/*'],
        message:
          'The client may import only @ticketing/common/contract: call the API for everything else (client/lib/api).',
      }),
    },
    {
      files: tests,
      rules: {
        'max-lines': ['error', { max: 400 }],
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-argument': 'off',
      },
    },
  ],
};
