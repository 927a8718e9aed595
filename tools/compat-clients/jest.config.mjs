import base from '../../jest.config.mjs';

/**
 * Other people's clients against the simulator of this package's build.
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
