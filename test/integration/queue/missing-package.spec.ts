import { cp, mkdir, mkdtemp, readdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compileLibrary } from '../../support/queue/compiled-library.js';
import { Child } from '../embedded-postgres/child-process.js';

jest.setTimeout(120_000);
let library: string;
const modules = () => join(library, 'node_modules');
beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'queue-library-'));
  await compileLibrary(library);
  await unlink(modules());
  await linkPackages(resolve('node_modules'), modules());
});
afterAll(() => rm(library, { recursive: true, force: true }));

/** Links each package separately. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (name.startsWith('@')) await linkPackages(join(from, name), join(to, name));
    else await symlink(join(from, name), join(to, name));
  }
}

const SCRIPT = `
const [library, engine] = process.argv.slice(1);
await import(library + '/node_modules/reflect-metadata/Reflect.js');
const { Test } = await import(library + '/node_modules/@nestjs/testing/index.js');
const { ButtonMessagingModule } = await import(library + '/index.js');
const { ButtonMessagingQueueModule } = await import(library + '/queue/index.js');
const accounts = [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T' }];
const imports = [ButtonMessagingModule.forRoot({ accounts }), ButtonMessagingQueueModule.forRoot({ engine: JSON.parse(engine) })];
const error = await Test.createTestingModule({ imports }).compile().then((app) => app.init()).catch((error) => error);
console.log(error.name + ' ' + String(error.message).replaceAll('\\n', ' '));
process.exit();
`;

const CASES = [
  ['redis', 'bullmq', 'bullmq@6.7 ioredis'],
  ['redis', 'ioredis', 'bullmq@6.7 ioredis'],
  ['postgres', 'bullmq', 'bullmq@6.7 pg'],
  ['postgres', 'pg', 'bullmq@6.7 pg'],
  ['embedded', 'bullmq', 'bullmq@6.7 pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', 'pg', 'bullmq@6.7 pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', '@electric-sql/pglite', 'bullmq@6.7 pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', 'fs-native-extensions', 'bullmq@6.7 pg @electric-sql/pglite fs-native-extensions'],
] as const;

const ENGINES = {
  redis: { kind: 'redis', connection: 'redis://127.0.0.1:1' },
  postgres: { kind: 'postgres', connectionString: 'postgres://127.0.0.1:1/none' },
  embedded: { kind: 'embedded', directory: 'data' },
};

/** Starts a queue in a process and returns its output. */
async function start(kind: keyof typeof ENGINES): Promise<string> {
  const engine = { ...ENGINES[kind], ...(kind === 'embedded' && { directory: join(library, 'data') }) };
  return outputOf(SCRIPT, JSON.stringify(engine));
}

async function outputOf(script: string, ...values: string[]): Promise<string> {
  const child = Child.run(script, library, ...values);
  await child.ended();
  return child.lines.join('\n');
}

it.each(CASES)('names the packages to install when the queue engine %s lacks %s', async (kind, missing, all) => {
  const link = join(modules(), missing);
  await unlink(link);
  try {
    const output = await start(kind);
    expect(output).toContain('ConfigurationError');
    expect(output).toContain(`the queue's engine "${kind}" requires the package ${missing}: npm install ${all}`);
  } finally {
    await symlink(resolve('node_modules', missing), link);
  }
});

describe('Queue with an unsupported version of BullMQ', () => {
  const REFUSAL = 'the queue requires bullmq 6.7, but the installed one is 6.8.0: npm install bullmq@6.7';
  const copy = () => join(modules(), 'bullmq');
  beforeAll(async () => {
    await unlink(copy());
    for (const part of ['package.json', 'dist/cjs']) {
      await cp(resolve('node_modules/bullmq', part), join(copy(), part), { recursive: true });
    }
    await writeFile(join(copy(), 'dist/cjs/version.js'), "exports.version = '6.8.0';");
  });
  afterAll(async () => {
    await rm(copy(), { recursive: true });
    await symlink(resolve('node_modules/bullmq'), copy());
  });

  it.each(['redis', 'postgres', 'embedded'] as const)(
    'rejects the version on the engine %s before anything else',
    async (kind) => {
      const output = await start(kind);
      expect(output).toContain('ConfigurationError');
      expect(output).toContain(REFUSAL);
    },
  );

  it('rejects the version in migrateQueue', async () => {
    const migrate = `
      const [library] = process.argv.slice(1);
      const { migrateQueue } = await import(library + '/queue/engines/migrate-queue.js');
      const error = await migrateQueue('postgres://127.0.0.1:1/none', 'queue').catch((error) => error);
      console.log(error.name + ' ' + error.message);
    `;
    expect(await outputOf(migrate)).toContain(REFUSAL);
  });
});
