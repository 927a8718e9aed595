import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  globalSetup: '<rootDir>/test/support/build-page.mjs',
  maxWorkers: availableParallelism(),
  // Modules of finished files stay in a worker's memory; near the limit its collector stops everything for seconds.
  workerIdleMemoryLimit: '1GB',
  testMatch: ['<rootDir>/test/**/*.spec.ts', '<rootDir>/sample/*/test/*.e2e-spec.ts'],
  // What hangs fails a little later; what a busy machine slows down does not.
  testTimeout: 30_000,
  // Mutation testing's copies of the project.
  modulePathIgnorePatterns: ['<rootDir>/.stryker/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Examples import the package as users do.
    '^nestjs-button-messaging$': '<rootDir>/lib/index.ts',
    '^nestjs-button-messaging/([a-z-]+)$': '<rootDir>/lib/$1/index.ts',
    // Its ESM build imports JSON in a way of which Jest warns at length.
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
