import base from '../../jest.config.mjs';

/**
 * Runs API clients of the providers against the simulator of this package's build.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  rootDir: '../..',
  globalSetup: undefined,
  testMatch: ['<rootDir>/tools/compat-clients/**/*.spec.ts'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^nestjs-button-messaging/([a-z-]+)$': '<rootDir>/dist/esm/$1/index.js',
  },
};
