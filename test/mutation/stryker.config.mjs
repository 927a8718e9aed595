// What changes, and which tests must notice. Run from the root of the project by run.mjs beside this file.
import { createRequire } from 'node:module';
import coverage from '../../jest.coverage.config.mjs';

const { resolve } = createRequire(import.meta.url);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: coverage.collectCoverageFrom,
  plugins: [resolve('@stryker-mutator/jest-runner')],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'],
  jest: { configFile: 'jest.honesty.config.mjs' },
  coverageAnalysis: 'perTest',
  // What runs once, as a module is read, is noticed by every test or by none: each of its changes would run them all.
  ignoreStatic: false,
  concurrency: 2,
  ignorePatterns: ['*', '!lib', '!test', '!*.mjs', '!*.json', 'test/mutation', 'test/nest-11', 'bench'],
  tempDirName: '.stryker',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  allowEmpty: false,
  disableTypeChecks: true,
};
