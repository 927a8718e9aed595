/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  globalSetup: '<rootDir>/test/harness/build-page.mjs',
  // Most of the time is waiting for servers and clocks.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  // Mutation testing's copies of the project.
  modulePathIgnorePatterns: ['<rootDir>/.stryker/'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/nest-11/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Examples import the package as users do.
    '^nestjs-button-messaging$': '<rootDir>/lib/index.ts',
    '^nestjs-button-messaging/([a-z-]+)$': '<rootDir>/lib/$1/index.ts',
    // Its ESM build imports JSON in a way of which Jest warns at length.
    '^libphonenumber-js/min$': '<rootDir>/node_modules/libphonenumber-js/min/index.cjs',
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
