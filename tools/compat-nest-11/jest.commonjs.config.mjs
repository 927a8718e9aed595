import base from './jest.config.mjs';

const [[files, [transformer, options]]] = Object.entries(base.transform);

/**
 * Runs the examples for tests of applications as CommonJS, as many applications on Nest 11 do.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/integration/testing/examples/*.spec.ts'],
  extensionsToTreatAsEsm: [],
  transform: { [files]: [transformer, { ...options, module: { type: 'commonjs' } }] },
};
