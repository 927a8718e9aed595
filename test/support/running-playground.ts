import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compileSources } from './queue/compiled-library.js';
import { until } from './time.js';

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--config', 'ui/playground/vite.config.ts'];

/** Runs the playground as `npm start` does: compiled, in its own process, on a free port. */
export class RunningPlayground {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    /** What it prints when it starts. */
    readonly output: string,
  ) {}

  static async start(): Promise<RunningPlayground> {
    const directory = await mkdtemp(join(tmpdir(), 'playground-test-'));
    const sample = join(directory, 'sample/04-playground');
    await Promise.all([
      compileSources('lib', join(directory, 'lib')),
      compileSources('sample/04-playground/src', join(sample, 'dist')),
      symlink(resolve('node_modules'), join(directory, 'node_modules')),
      writePackage(directory),
      buildPage(join(sample, 'public')),
    ]);
    const main = join(sample, 'dist/main.js');
    const env = { ...process.env, PORT: '0' };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    try {
      await until(() => output.includes('Ctrl+C'), 60_000);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return new RunningPlayground(child, directory, output);
  }

  get url(): string {
    return /Compose messages at\s+(\S+)/.exec(this.output)?.[1] ?? '';
  }

  get page(): string {
    return join(this.directory, 'sample/04-playground/public');
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

/** Writes a package.json with which the sample imports the package by name. */
async function writePackage(directory: string): Promise<void> {
  const manifest = await readFile('package.json', 'utf8');
  await writeFile(join(directory, 'package.json'), manifest.replaceAll('./dist/esm/', './lib/'));
}

/** Builds the page as users get it: Jest's `NODE_ENV` would add 5 kB of checks for developers. */
async function buildPage(directory: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [...VITE, '--logLevel', 'warn', '--outDir', directory], { env });
}
