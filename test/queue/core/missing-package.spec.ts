import { mkdir, mkdtemp, readdir, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Child } from '../embedded/child-process.js';
import { compileLibrary } from './compiled-library.js';

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

/** All packages, each by a link of its own. */
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
  ['redis', 'bullmq', 'bullmq ioredis'],
  ['redis', 'ioredis', 'bullmq ioredis'],
  ['postgres', 'bullmq', 'bullmq pg'],
  ['postgres', 'pg', 'bullmq pg'],
  ['embedded', 'bullmq', 'bullmq pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', 'pg', 'bullmq pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', '@electric-sql/pglite', 'bullmq pg @electric-sql/pglite fs-native-extensions'],
  ['embedded', 'fs-native-extensions', 'bullmq pg @electric-sql/pglite fs-native-extensions'],
] as const;

it.each(CASES)('says what to install where the engine %s misses %s', async (kind, missing, all) => {
  const link = join(modules(), missing);
  const target = resolve('node_modules', missing);
  const engine = { kind, connection: 'redis://127.0.0.1:1', connectionString: 'postgres://127.0.0.1:1/none' };
  await unlink(link);
  try {
    const directory = join(library, 'data');
    const child = Child.run(SCRIPT, library, JSON.stringify({ ...engine, directory }));
    await child.ended();
    expect(child.lines.join('\n')).toContain('ConfigurationError');
    expect(child.lines.join('\n')).toContain(
      `the queue's engine "${kind}" needs the package ${missing}: npm install ${all}`,
    );
  } finally {
    await symlink(target, link);
  }
});
