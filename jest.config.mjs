/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  // Most of the time is waiting for servers and clocks.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/nest-11/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The examples of the documents import the package by its name.
    '^nestjs-button-messaging$': '<rootDir>/lib/index.ts',
    '^nestjs-button-messaging/(\\w+)$': '<rootDir>/lib/$1/index.ts',
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
