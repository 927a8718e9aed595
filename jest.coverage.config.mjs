import honesty from './jest.honesty.config.mjs';

// What must never lie: what an error means, who is let in, what became of a message.
const FLOOR = [
  'lib/providers/*/*.errors.ts',
  'lib/providers/*/*.webhook.ts',
  'lib/providers/{answer-errors,meta-errors,webhook-provider}.ts',
  'lib/webhooks/{webhook-body,button-messaging.webhooks}.ts',
  'lib/transport/{attempt,http-answer}.ts',
  'lib/delivery/retry.ts',
];

/**
 * Every line of these files is run by the quick tests, and stays so.
 *
 * @type {import('jest').Config}
 */
export default {
  ...honesty,
  collectCoverage: true,
  coverageProvider: 'v8',
  coverageReporters: ['text'],
  collectCoverageFrom: FLOOR,
  coverageThreshold: { global: { lines: 100, functions: 100, branches: 100, statements: 100 } },
};
