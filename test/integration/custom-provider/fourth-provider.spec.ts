import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FakeProvider } from '../../support/fake-provider.js';

jest.setTimeout(300_000);

const run = promisify(execFile);

const ACME = resolve('test/integration/custom-provider/acme');

/** The lines that a new provider adds to each registry, as CONTRIBUTING.md lists them: after a line, or in its place. */
const REGISTRIES: { file: string; before: string; after: string }[] = [
  {
    file: 'lib/config/accounts/account-definitions.ts',
    before: "import type { AccountDefinition } from './account-definition.interface.js';",
    after: "import { ACME_ACCOUNT, type AcmeAccount, type AcmeAccountOptions } from './acme.account.js';",
  },
  {
    file: 'lib/config/accounts/account-definitions.ts',
    before: 'export type KnownAccountOptions = ',
    after: 'AcmeAccountOptions | ',
  },
  { file: 'lib/config/accounts/account-definitions.ts', before: 'export type Account = ', after: 'AcmeAccount | ' },
  {
    file: 'lib/config/accounts/account-definitions.ts',
    before: "  'z-api': Z_API_ACCOUNT,",
    after: 'acme: ACME_ACCOUNT,',
  },
  {
    file: 'lib/adapters/adapter-definitions.ts',
    before: "import type { AdapterDefinition } from './adapter-definition.interface.js';",
    after: "import { ACME_ADAPTER } from './acme/acme.definition.js';",
  },
  {
    file: 'lib/adapters/adapter-definitions.ts',
    before: "  'z-api': Z_API_ADAPTER,",
    after: 'acme: ACME_ADAPTER,',
  },
];

/** A copy of the package with one more provider, compiled by the TypeScript compiler. */
async function compileWithAcme(directory: string): Promise<void> {
  await cp(resolve('lib'), join(directory, 'lib'), { recursive: true });
  await cp(ACME, directory, { recursive: true });
  for (const { file, before, after } of REGISTRIES) {
    const path = join(directory, file);
    const [start, end, ...more] = (await readFile(path, 'utf8')).split(before);
    if (end === undefined || more.length > 0) throw new Error(`${file} has not exactly one "${before}"`);
    await writeFile(path, `${start}${before}${after.endsWith(' ') ? '' : '\n'}${after}${end}`);
  }
  const compilerOptions = { noEmit: false, rootDir: '.', outDir: 'out', types: ['node'] };
  await symlink(resolve('node_modules'), join(directory, 'node_modules'));
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: resolve('tsconfig.json'), compilerOptions, include: ['main.ts'], exclude: [] }),
  );
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', directory]).catch(
    ({ stdout }: { stdout?: string }) => {
      throw new Error(`The package with a fourth provider does not compile: ${stdout}`);
    },
  );
}

describe('a fourth provider: its folder, its account, and its lines in two registries', () => {
  let directory: string;
  let server: FakeProvider;
  let found: Record<'application' | 'testing' | 'issues', unknown>;
  beforeAll(async () => {
    server = await FakeProvider.start();
    server.always({ body: { id: 'ACME1' } });
    directory = await mkdtemp(join(tmpdir(), 'fourth-provider-'));
    await compileWithAcme(directory);
    const env = {
      PATH: process.env.PATH,
      ACME_API_KEY: 'api-key',
      ACME_WEBHOOK_SECRET: 'webhook-secret',
      ACME_BASE_URL: server.url,
    };
    const { stdout } = await run(process.execPath, [join(directory, 'out/main.js')], { env });
    found = JSON.parse(stdout);
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
    await server.close();
  });

  it('sends through the account of its environment variables', () => {
    expect(found.application).toMatchObject({
      sent: { provider: 'acme', account: 'acme', messageId: 'ACME1' },
      own: 201,
    });
    const [first, second] = server.requests;
    expect(first).toMatchObject({ method: 'POST', url: '/messages' });
    expect(first?.headers['x-key']).toBe('api-key');
    expect(server.bodies[0]).toEqual({
      to: '5511999999999',
      text: 'Does ten suit you?',
      choices: [{ id: 'yes', label: 'Yes' }],
    });
    expect(second).toMatchObject({ method: 'POST', url: '/messages' });
  });

  it('receives webhooks at its route', () => {
    expect(found.application).toMatchObject({
      webhook: { rejected: 401, accepted: 200 },
      events: [{ provider: 'acme', account: 'acme', button: { id: 'yes', title: 'Yes' } }],
    });
  });

  it('has a health check', () => {
    expect(found.application).toMatchObject({ accounts: { acme: { provider: 'acme', status: 'up' } } });
    expect(server.requests.at(-1)).toMatchObject({ method: 'GET', url: '/me' });
  });

  it('has OpenAPI schemas', () => {
    expect(found.application).toMatchObject({ schema: { required: ['to', 'text', 'choices'] } });
  });

  it('works in the testing module', () => {
    const body = { to: '5511999999999', text: 'Does ten suit you?', choices: [{ id: 'yes', label: 'Yes' }] };
    expect(found.testing).toEqual({
      bodies: [{ provider: 'acme', body }],
      events: [{ provider: 'acme', account: 'acme', button: { id: 'yes', title: 'Yes' } }],
    });
  });

  it('reports unknown options by path', () => {
    expect(found.issues).toEqual(['accounts[0].colour']);
  });

  it('needs what CONTRIBUTING.md lists', async () => {
    const guide = await readFile('CONTRIBUTING.md', 'utf8');
    for (const { file, after } of REGISTRIES) {
      expect(guide).toContain(file);
      expect(guide).toContain(after.replace(' | ', '').trim());
    }
  });
});
