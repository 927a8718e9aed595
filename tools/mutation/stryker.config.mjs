// Configuration of Stryker, which run.mjs runs in the root of the project.
import coverage from '../../jest.coverage.config.mjs';

export default {
  mutate: coverage.collectCoverageFrom,
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'],
  jest: { configFile: 'jest.unit.config.mjs' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignorePatterns: ['bench', 'dist', 'docs', 'sample', 'tools/mutation', 'tools/compat-nest-11'],
  tempDirName: '.stryker',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  allowEmpty: false,
  disableTypeChecks: true,
};
