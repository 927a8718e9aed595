import 'reflect-metadata';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import { outputOf, RecordingLogger } from '../../support/recording-logger.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS, WebhookApps } from '../../support/webhook-app.js';
import { post } from '../../support/webhook-client.js';
import { stranger, webhookAccounts } from '../../support/webhook-requests.js';

jest.setTimeout(60_000);

const REFUSED = 'A webhook of account z (z-api) was rejected: z-api-token is missing.';

/** Records every argument unchanged. */
class ArgumentsLogger implements LoggerService {
  readonly calls: unknown[][] = [];
  log = (...given: unknown[]) => void this.calls.push(given);
  error = this.log;
  warn = this.log;
  debug = this.log;
}

describe.each(REGISTRATIONS)('Log lines with %s', (_way, register) => {
  const apps = new WebhookApps();
  afterEach(apps.close);

  async function beRefused(logger: boolean | LoggerService, nest: boolean | LoggerService = false): Promise<void> {
    for (const [, platform] of PLATFORMS) {
      const { url, close } = await apps.start({
        register,
        platform,
        options: { webhooks: {}, logger },
        nest: { logger: nest as never },
      });
      expect((await post(`${url}/webhooks/z-api/z`, stranger('garbage'))).status).toBe(401);
      expect(close).toBeDefined();
    }
  }

  it('are not written with logger: false', async () => {
    const nest = new RecordingLogger();
    const output = await outputOf(() => beRefused(false, nest));
    expect(output).toBe('');
    expect(nest.lines.filter((line) => line.includes('webhook of account'))).toEqual([]);
  });

  it('go only to the custom logger, with their context', async () => {
    const logger = new ArgumentsLogger();
    const nest = new RecordingLogger();
    const output = await outputOf(() => beRefused(logger, nest));
    expect(logger.calls).toEqual(PLATFORMS.map(() => [REFUSED, 'ButtonMessaging']));
    expect(nest.lines.filter((line) => line.includes('webhook of account'))).toEqual([]);
    expect(output).toBe('');
  });

  it("go to Nest's logger by default, with their context", async () => {
    const nest = new ArgumentsLogger();
    await beRefused(true, nest);
    expect(nest.calls.filter(([line]) => line === REFUSED)).toEqual(PLATFORMS.map(() => [REFUSED, 'ButtonMessaging']));
  });

  it.each<[name: string, logger: () => LoggerService, context: string]>([
    ['a Nest Logger with a context', () => new Logger('WhatsApp'), 'WhatsApp'],
    ['a Nest Logger without a context', () => new Logger(), 'ButtonMessaging'],
  ])('go to %s, under a single context', async (_name, logger, context) => {
    const nest = new ArgumentsLogger();
    await beRefused(logger(), nest);
    expect(nest.calls.filter(([line]) => line === REFUSED)).toEqual(PLATFORMS.map(() => [REFUSED, context]));
  });

  it('go to a ConsoleLogger once', async () => {
    const output = await outputOf(() => beRefused(new ConsoleLogger({ colors: false })));
    expect(output.match(/\[ButtonMessaging\] A webhook of account z/g)).toHaveLength(PLATFORMS.length);
    expect(output.trim().split('\n')).toHaveLength(PLATFORMS.length);
  });

  it('contain no line breaks, whatever the account name', async () => {
    const logger = new ArgumentsLogger();
    const [z] = webhookAccounts();
    const resolveAccount = () => ({ ...z, name: 'x' }) as never;
    const app = await apps.start({ register, options: { accounts: [], resolveAccount, logger, webhooks: {} } });
    await app.handle('z-api', 'evil\n[Nest] 1  - ERROR', stranger({}) as never);
    await app.handle('z-api', 'other', stranger({}) as never);
    expect(logger.calls.length).toBeGreaterThan(0);
    for (const [line] of logger.calls) expect(line).not.toMatch(/[\n\r]/);
  });
});
