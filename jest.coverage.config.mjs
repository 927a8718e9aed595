import honesty from './jest.unit.config.mjs';

// What must never lie: what an error means, who is let in, whose answer it is, what became of a message.
const FLOOR = [
  'lib/errors/account-errors.ts',
  'lib/events/whatsapp-address.ts',
  'lib/stores/known-people.ts',
  'lib/adapters/*/*.errors.ts',
  'lib/adapters/chatvolt/meta-code-finder.ts',
  'lib/adapters/*/*.webhook.ts',
  'lib/adapters/z-api/z-api.{inbound,webhook-body}.ts',
  'lib/adapters/whatsapp-cloud/whatsapp-cloud.{callback-data,change,contacts,events,identity,inbound,statuses}.ts',
  'lib/adapters/whatsapp-cloud/template-check.ts',
  'lib/adapters/{callback-id,json-fields,meta-errors,response-errors,sends-in-flight,webhook-adapter}.ts',
  'lib/webhooks/{button-messaging.webhooks,parse-webhook-body,deduplication-key}.ts',
  'lib/webhooks/replies/{offered-button,reply.matcher,typed-answer}.ts',
  'lib/media/{file.check,media-url,media.errors,safe-filename}.ts',
  'lib/transport/{http-response,request-attempt,response-stream,streamed-attempt}.ts',
  'lib/resilience/{account-cooldowns,retry-policy}.ts',
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
