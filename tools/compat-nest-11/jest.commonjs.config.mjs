import base from './jest.config.mjs';

const [[files, [transformer, options]]] = Object.entries(base.transform);

/**
 * The examples for users' own tests as CommonJS, in which many applications on Nest 11 run Jest.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/integration/testing/examples/*.spec.ts'],
  extensionsToTreatAsEsm: [],
  transform: { [files]: [transformer, { ...options, module: { type: 'commonjs' } }] },
};
