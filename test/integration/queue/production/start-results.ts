import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The result of an application start in a separate process. */
export interface StartResult {
  name: string;
  message: string;
  cause: { isError: boolean; message?: string; code?: string; keys: string[] };
  all: string;
  ms: number;
}

const SCRIPT = `
const [library, engines, options] = process.argv.slice(1);
await import(library + '/node_modules/reflect-metadata/Reflect.js');
const { inspect } = await import('node:util');
const { Test } = await import(library + '/node_modules/@nestjs/testing/index.js');
const { ButtonMessagingModule } = await import(library + '/index.js');
const { ButtonMessagingQueueModule } = await import(library + '/queue/index.js');
const accounts = [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T' }];
for (const engine of JSON.parse(engines)) {
  const queue = { engine, name: 'causes', ...JSON.parse(options) };
  const imports = [ButtonMessagingModule.forRoot({ accounts }), ButtonMessagingQueueModule.forRoot(queue)];
  const start = performance.now();
  const app = await Test.createTestingModule({ imports }).compile().then((app) => app.init()).catch((error) => error);
  const ms = performance.now() - start;
  if (!(app instanceof Error)) await app.close();
  const { name = 'started', message = '', cause } = app instanceof Error ? app : {};
  const about = { isError: cause instanceof Error, message: cause?.message, code: cause?.code };
  const keys = cause === undefined ? [] : Object.keys(cause);
  console.log(JSON.stringify({ name, message, cause: { ...about, keys }, all: inspect(app instanceof Error ? app : {}, { depth: 9, showHidden: true }), ms }));
}
`;

/** Starts an application with each engine in turn. Throws if the process does not exit with code 0. */
export async function startResults(
  library: string,
  engines: readonly unknown[],
  options: object = {},
  environment: Record<string, string> = {},
): Promise<StartResult[]> {
  const values = ['--input-type=module', '-e', SCRIPT, library, JSON.stringify(engines), JSON.stringify(options)];
  const child = spawn(process.execPath, values, { env: { ...process.env, ...environment } });
  let out = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    out += String(data);
  });
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`It ended with ${code}: ${errors.slice(-2_000)}`);
  return out
    .split('\n')
    .filter((line) => line.startsWith('{"name"'))
    .map((line) => JSON.parse(line));
}
