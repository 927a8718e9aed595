import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { reportMissing } from '../missing.js';
import { until } from '../time.js';
import { freePort, programNamed, removeDirectory, ServerProcess, serverDirectory, serverUser } from './own-server.js';

/** A Redis of a test's own. */
export interface RedisServer {
  port: number;
  process: ServerProcess;
  /** A client of the test's, which may do everything. */
  client: Redis;
  remove(): Promise<void>;
}

/** A certificate for 127.0.0.1 that signs itself. */
export interface Certificate {
  key: string;
  certificate: string;
  text: string;
}

/** Checks that programs are installed. Reports the missing ones. */
export function isInstalled(...programs: string[]): boolean {
  const missing = programs.filter((program) => programNamed(program) === undefined);
  if (missing.length > 0) reportMissing(`NOT TESTED: ${missing.join(', ')} not installed`);
  return missing.length === 0;
}

/** Starts a Redis with these options of its command line; Adds `--port` if it is not among them. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const directory = await serverDirectory();
  const port = await freePort();
  const given = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  const client = administrator(port);
  const process = new ServerProcess(programOf('redis-server'), [...given, ...options], () => answers(client));
  await process.start();
  const remove = async () => {
    client.disconnect();
    await process.end('SIGKILL');
    await removeDirectory(directory);
  };
  return { port, process, client, remove };
}

/** Starts a Redis that speaks only TLS. */
export async function startTlsRedis(): Promise<{ port: number; ca: string; remove(): Promise<void> }> {
  const directory = await serverDirectory();
  const { key, certificate, text } = await certificateIn(directory);
  const port = await freePort();
  const options = ['--port', '0', '--tls-port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
  const client = new Redis({ host: '127.0.0.1', port, tls: { ca: text }, lazyConnect: true });
  client.on('error', () => undefined);
  const server = new ServerProcess(
    programOf('redis-server'),
    [...options, ...tls, '--tls-auth-clients', 'no', '--save', ''],
    () => answers(client),
  );
  await server.start();
  client.disconnect();
  const remove = async () => {
    await server.end('SIGKILL');
    await removeDirectory(directory);
  };
  return { port, ca: text, remove };
}

/** Three masters, each with as many replicas. */
export async function startCluster(replicas = 0): Promise<{ servers: RedisServer[]; remove(): Promise<void> }> {
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const servers = await Promise.all(Array.from({ length: 3 * (1 + replicas) }, () => startRedis(...options)));
  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
  const values = ['--cluster', 'create', ...nodes, '--cluster-replicas', String(replicas), '--cluster-yes'];
  execFileSync(programOf('redis-cli'), values, { stdio: 'ignore' });
  await until(async () => {
    const states = await Promise.all(servers.map(({ client }) => client.cluster('INFO')));
    return states.every((state) => String(state).includes('cluster_state:ok'));
  }, 30_000);
  return { servers, remove: async () => void (await Promise.all(servers.map((server) => server.remove()))) };
}

/** A master with replicas, and three sentinels that watch it. */
export async function startSentinels(replicas: number, ...options: string[]) {
  const master = await startRedis(...options);
  const followers = await Promise.all(
    Array.from({ length: replicas }, () => startRedis('--replicaof', `127.0.0.1 ${master.port}`, ...options)),
  );
  const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(master.port)));
  await until(async () => {
    const states = await Promise.all(sentinels.map(({ client }) => client.info()));
    return states.every((state) => state.includes(`status=ok`) && state.includes(`slaves=${replicas},sentinels=3`));
  }, 60_000);
  // Redis counts its replicas once a second.
  await until(
    () =>
      master.client.set('writable', '1').then(
        () => true,
        () => false,
      ),
    30_000,
  );
  const all = [master, ...followers, ...sentinels];
  return { master, followers, sentinels, remove: async () => void (await Promise.all(all.map((one) => one.remove()))) };
}

async function startSentinel(masterPort: number): Promise<RedisServer> {
  const directory = await serverDirectory();
  const port = await freePort();
  const file = join(directory, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${directory}`,
    `sentinel monitor own 127.0.0.1 ${masterPort} 2`,
    // A server on a busy machine is not taken for dead.
    'sentinel down-after-milliseconds own 5000',
    'sentinel failover-timeout own 6000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  // It writes down what it learns.
  chmodSync(file, 0o666);
  chmodSync(directory, 0o777);
  const client = administrator(port);
  const server = new ServerProcess(programOf('redis-server'), [file, '--sentinel'], () => answers(client));
  await server.start();
  const remove = async () => {
    client.disconnect();
    await server.end('SIGKILL');
    await removeDirectory(directory);
  };
  return { port, process: server, client, remove };
}

async function certificateIn(directory: string): Promise<Certificate> {
  const own = await serverDirectory();
  const made = { key: join(own, 'key.pem'), certificate: join(own, 'certificate.pem') };
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const values = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  execFileSync(programOf('openssl'), [...values, '-keyout', made.key, '-out', made.certificate], { stdio: 'ignore' });
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  copyFileSync(made.key, key);
  copyFileSync(made.certificate, certificate);
  if (serverUser()) chmodSync(key, 0o644);
  await removeDirectory(own);
  return { key, certificate, text: readFileSync(certificate, 'utf8') };
}

function administrator(port: number): Redis {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  return client;
}

async function answers(client: Redis): Promise<boolean> {
  if (client.status === 'wait') client.connect().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return client.status === 'ready';
}

function programOf(name: string): string {
  const program = programNamed(name);
  if (program === undefined) throw new Error(`${name} is not installed`);
  return program;
}
