import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compileSources } from './queue/compiled-library.js';
import { until } from './time.js';

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--config', 'ui/playground/vite.config.ts'];

/** The playground as `npm start` runs it: compiled, in a process of its own, on a free port. */
export class RunningPlayground {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    /** What it says at its start. */
    readonly words: string,
  ) {}

  static async start(): Promise<RunningPlayground> {
    const directory = await mkdtemp(join(tmpdir(), 'playground-test-'));
    const page = join(directory, 'sample/04-playground/page');
    await Promise.all([
      compileSources('lib', join(directory, 'lib')),
      compileSources('sample', join(directory, 'sample')),
      symlink(resolve('node_modules'), join(directory, 'node_modules')),
      writePackage(directory),
      promisify(execFile)(process.execPath, [...VITE, '--logLevel', 'warn', '--outDir', page]),
    ]);
    const main = join(directory, 'sample/04-playground/main.js');
    const env = { ...process.env, PORT: '0' };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let words = '';
    child.stdout.on('data', (chunk) => {
      words += String(chunk);
    });
    try {
      await until(() => words.includes('Ctrl+C'), 60_000);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return new RunningPlayground(child, directory, words);
  }

  get url(): string {
    return /Compose messages at\s+(\S+)/.exec(this.words)?.[1] ?? '';
  }

  get page(): string {
    return join(this.directory, 'sample/04-playground/page');
  }

  post(path: string, body?: object): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await ended;
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The package under its own name, as it is compiled here. */
async function writePackage(directory: string): Promise<void> {
  const manifest = await readFile('package.json', 'utf8');
  await writeFile(join(directory, 'package.json'), manifest.replaceAll('./dist/esm/', './lib/'));
}
