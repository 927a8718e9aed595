import honesty from './jest.honesty.config.mjs';

// What must never lie: what an error means, who is let in, whose answer it is, what became of a message.
const FLOOR = [
  'lib/errors/account-fault.ts',
  'lib/events/{known-people,whatsapp-address}.ts',
  'lib/providers/*/*.errors.ts',
  'lib/providers/chatvolt/meta-code-finder.ts',
  'lib/providers/*/*.webhook.ts',
  'lib/providers/z-api/z-api.{inbound,webhook-body}.ts',
  'lib/providers/whatsapp-cloud/whatsapp-cloud.{callback-data,change,events,identity,inbound,statuses}.ts',
  'lib/providers/{answer-errors,callback-id,meta-errors,sends-in-flight,webhook-provider}.ts',
  'lib/webhooks/{button-messaging.webhooks,repeat-key,reply-matcher,typed-answer,webhook-body}.ts',
  'lib/transport/{attempt,http-answer}.ts',
  'lib/delivery/{account-rests,retry}.ts',
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
