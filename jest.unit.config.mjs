import base from './jest.config.mjs';

/**
 * The quick tests of what must never lie: what an error means, who is let in, what became of a message.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  globalSetup: undefined,
  testMatch: ['<rootDir>/test/unit/**/*.spec.ts'],
};
