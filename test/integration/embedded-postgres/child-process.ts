import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transformFile } from '@swc/core';

const LIB = resolve('lib');
const FOLDERS = ['embedded-postgres'];

/** Compiles the embedded database for a process without Jest. Returns the path of the module to import. */
export async function compileEmbedded(directory: string): Promise<string> {
  for (const folder of FOLDERS) {
    for (const name of await readdir(join(LIB, folder))) await compile(join(folder, name), directory);
  }
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(resolve('node_modules'), join(directory, 'node_modules'));
  return join(directory, 'embedded-postgres/embedded-postgres.js');
}

async function compile(path: string, directory: string): Promise<void> {
  const target = join(directory, path);
  await mkdir(dirname(target), { recursive: true });
  if (path.endsWith('.mjs')) return cp(join(LIB, path), target);
  if (!path.endsWith('.ts') || path.endsWith('.d.ts')) return;
  const { code } = await transformFile(join(LIB, path), {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'es6' },
  });
  await writeFile(target.replace(/\.ts$/, '.js'), code);
}

/** A Node.js process that runs a script and collects its output lines. */
export class Child {
  readonly lines: string[] = [];
  private readonly exit: Promise<unknown>;

  private constructor(private readonly process: ChildProcess) {
    this.exit = once(process, 'exit');
    if (process.stdout) createInterface(process.stdout).on('line', (line) => this.lines.push(line));
  }

  static run(script: string, ...args: string[]): Child {
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
    return new Child(spawn(process.execPath, ['--input-type=module', '-e', script, ...args], { stdio }));
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exit;
  }

  /** Resolves to the exit code when the process has exited. */
  async ended(): Promise<number | null> {
    await this.exit;
    return this.process.exitCode;
  }
}
