import { afterEach, describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ButtonMessagingModule, ConfigurationError } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';

const VERSIONS = process.versions;

/** Pretends that the runtime has these versions. */
function pretend(versions: Record<string, string>): void {
  Object.defineProperty(process, 'versions', { value: { ...VERSIONS, ...versions }, configurable: true });
}

const OPTIONS = { accounts: [zApiAccount('http://127.0.0.1:9')], logger: false } as const;
const REGISTRATIONS: [string, () => DynamicModule][] = [
  ['forRoot', () => ButtonMessagingModule.forRoot({ ...OPTIONS, accounts: [...OPTIONS.accounts] })],
  [
    'forRootAsync',
    () => ButtonMessagingModule.forRootAsync({ useFactory: () => ({ ...OPTIONS, accounts: [...OPTIONS.accounts] }) }),
  ],
];

describe.each(REGISTRATIONS)('Runtime check with %s', (_, register) => {
  afterEach(() => pretend({}));

  const start = () => Test.createTestingModule({ imports: [register()] }).compile();

  async function refusal(): Promise<unknown> {
    return start().then(
      (app) => app.close(),
      (error: unknown) => error,
    );
  }

  it('rejects Bun at startup with the reason', async () => {
    pretend({ bun: '1.3.2' });
    const error = await refusal();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ issues: [{ rule: 'runtime', message: expect.stringContaining('undici') }] });
    expect(String(error)).toContain('Bun 1.3.2');
    expect(String(error)).toContain('Node.js');
  });

  it.each(['18.20.4', '20.18.3', '21.7.0', '22.11.0'])('rejects Node.js %s', async (node) => {
    pretend({ node });
    expect(String(await refusal())).toContain(`Node.js ${node} is not supported`);
  });

  it.each(['20.19.0', '22.12.0', '23.1.0', '24.0.0', '26.1.0'])('accepts Node.js %s', async (node) => {
    pretend({ node });
    expect(await refusal()).toBeUndefined();
  });
});
