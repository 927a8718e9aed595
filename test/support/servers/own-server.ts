import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { QueueEngineOptions } from '../../../lib/queue/index.js';
import { reportMissing } from '../missing.js';
import { closedPort } from '../tcp-server.js';

/** A way to be away for a while. */
export interface Outage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** A server of a test's own, which may be stopped. */
export interface OwnServer {
  engine: QueueEngineOptions;
  outages: Record<string, Outage>;
  /** Ends the server, and removes what it kept. */
  remove(): Promise<void>;
}

/** A server's process, which is started again and again on the same files. */
export class ServerProcess {
  private process: ChildProcess | undefined;

  constructor(
    private readonly command: string,
    private readonly values: string[],
    private readonly answers: () => Promise<boolean>,
  ) {}

  async start(): Promise<void> {
    const process = spawn(this.command, this.values, { stdio: 'ignore', ...serverUser() });
    this.process = process;
    while (!(await this.answers())) {
      if (process.exitCode !== null) throw new Error(`${this.command} ended with ${process.exitCode}`);
    }
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const { process } = this;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    process.kill(signal);
    await once(process, 'exit');
  }

  /** Stops it, or lets it go on, together with the processes that it has made. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const own = this.process?.pid;
    if (own === undefined) return;
    for (const pid of [own, ...childrenOf(own)]) process.kill(pid, signal);
  }
}

/** An empty directory that the server may write to. */
export async function serverDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'queue-server-'));
  const user = serverUser();
  if (user) await chown(directory, user.uid, user.gid);
  return directory;
}

export function removeDirectory(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true });
}

export async function freePort(): Promise<number> {
  const [, port] = (await closedPort()).split(':');
  return Number(port);
}

/** The path of a program; undefined if it is not installed. */
export function programNamed(name: string, ...alsoIn: string[]): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...alsoIn];
  return directories.map((directory) => join(directory, name)).find(isProgram);
}

/** PostgreSQL refuses to run as root. */
export function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ids = (name: string) =>
    ['-u', '-g'].map((which) => Number(execFileSync('id', [which, name], { stdio: ['ignore', 'pipe', 'ignore'] })));
  const [uid = 0, gid = 0] = ids('nobody');
  return { uid, gid };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/** Reports that the outages of a server are not tested. */
export function reportMissingServer(name: string): void {
  reportMissing(`NOT TESTED: outages of ${name}, because no ${name} server is installed`);
}
