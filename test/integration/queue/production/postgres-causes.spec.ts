import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { compileLibrary } from '../../../support/queue/compiled-library.js';
import { startOwnPostgres } from '../../../support/servers/own-postgres.js';
import { freePort, type OwnServer, serverUser } from '../../../support/servers/own-server.js';
import { type StartResult, startResults } from './start-results.js';

jest.setTimeout(120_000);

const SECRET = 'p:a/s@s%w0rd';
const HBA = `
host all owner 127.0.0.1/32 trust
host all limited 127.0.0.1/32 trust
host all isolated 127.0.0.1/32 trust
host all reader 127.0.0.1/32 trust
host all scrammed 127.0.0.1/32 scram-sha-256
hostssl all tls_only 127.0.0.1/32 trust
`;

const directory = await mkdtemp(join(tmpdir(), 'queue-causes-'));
const ownFile = async (name: string, content?: string) => {
  const path = join(directory, name);
  if (content !== undefined) await writeFile(path, content);
  await chmod(path, 0o600);
  const user = serverUser();
  if (user) await chown(path, user.uid, user.gid);
  return path;
};
await chmod(directory, 0o755);
const key = join(directory, 'key.pem');
const certificate = join(directory, 'certificate.pem');
await promisify(execFile)('openssl', [
  ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
  ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
]);
await ownFile('key.pem');
await ownFile('certificate.pem');
const settings = [`hba_file=${await ownFile('pg_hba.conf', HBA)}`];
const [plain, encrypted] = await Promise.all([
  startOwnPostgres([...settings, 'default_transaction_isolation=serializable']),
  startOwnPostgres([...settings, 'ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`]),
]);
if (!plain || !encrypted) {
  const told = 'PostgreSQL (initdb, postgres) is not installed.';
  if (process.env.CI === 'true') throw new Error(`${told} Nothing may be skipped with CI=true.`);
  process.stderr.write(`${told} Its tests are SKIPPED.\n`);
}

const urlOf = (server: OwnServer | undefined, change: (url: URL) => void = () => {}) => {
  if (server?.engine.kind !== 'postgres') throw new Error('It has no URL');
  const url = new URL(server.engine.connectionString);
  change(url);
  return url.href;
};
const as =
  (user: string, password = '') =>
  (url: URL) => {
    url.username = user;
    url.password = encodeURIComponent(password);
  };
const withQuery = (query: string) => (url: URL) => {
  url.search = query;
};

(plain && encrypted ? describe : describe.skip)('Application start on PostgreSQL', () => {
  let library: string;
  const servers: Server[] = [];
  beforeAll(async () => {
    library = await mkdtemp(join(tmpdir(), 'queue-library-'));
    await compileLibrary(library);
    const owner = new pg.Client({ connectionString: urlOf(plain) });
    await owner.connect();
    await owner.query(`CREATE ROLE scrammed LOGIN PASSWORD 'other'; CREATE ROLE unlisted LOGIN;
      CREATE ROLE limited LOGIN SUPERUSER CONNECTION LIMIT 2;
      CREATE ROLE isolated LOGIN SUPERUSER; ALTER ROLE isolated SET default_transaction_isolation = 'repeatable read';
      CREATE ROLE reader LOGIN SUPERUSER; ALTER ROLE reader SET default_transaction_read_only = on;`);
    await owner.query('ALTER ROLE limited NOSUPERUSER; GRANT CREATE ON DATABASE postgres TO limited');
    await owner.end();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await Promise.all([plain?.remove(), encrypted?.remove()]);
    await rm(directory, { recursive: true, force: true });
    await rm(library, { recursive: true, force: true });
  });

  const serverWith = async (server: Server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    const address = server.address();
    return `postgres://a:${encodeURIComponent(SECRET)}@127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/b`;
  };

  const results = async (cases: Record<string, string>, options: object = { enqueueTimeoutMs: 3_000 }) => {
    const engines = Object.values(cases).map((connectionString) => ({ kind: 'postgres', connectionString }));
    const found = await startResults(library, engines, options);
    return Object.keys(cases).map((name, index): [string, StartResult | undefined] => [name, found[index]]);
  };
  const expectClean = (result: StartResult | undefined) => {
    expect(result?.cause.isError).toBe(true);
    for (const secret of [SECRET, encodeURIComponent(SECRET)]) expect(result?.all).not.toContain(secret);
    expect(result?.cause.keys.filter((name) => name !== 'code')).toEqual([]);
    expect(result?.ms).toBeLessThan(4_500);
  };

  it('fails with ConfigurationError and the cause when it can never work', async () => {
    const cases: Record<string, [url: string, words: RegExp]> = {
      'a wrong password': [urlOf(plain, as('scrammed', SECRET)), /password authentication failed for user "scrammed"/],
      'no password': [urlOf(plain, as('scrammed')), /requires a password/],
      'an unknown role': [urlOf(plain, as('nobody', SECRET)), /no entry for it in pg_hba.conf/],
      'no entry in pg_hba.conf': [urlOf(plain, as('unlisted', SECRET)), /no pg_hba.conf entry/],
      'TLS only': [urlOf(encrypted, as('tls_only', SECRET)), /no pg_hba.conf entry|does not exist/],
      'an unknown database': [
        urlOf(plain, (url) => {
          as('owner', SECRET)(url);
          url.pathname = '/nothing';
        }),
        /database "nothing" does not exist/,
      ],
      'a server without TLS': [urlOf(plain, withQuery('sslmode=verify-full')), /TLS.*does not support SSL/],
      'an unknown CA': [urlOf(encrypted, withQuery('sslmode=verify-full')), /TLS.*self-signed certificate/],
      'a CA file that is missing': [urlOf(plain, withQuery('sslmode=verify-full&sslrootcert=/no/such')), /ENOENT/],
      'an unknown start-up option': [urlOf(plain, withQuery('options=-c%20no_such=1')), /no_such/],
      'a role that only reads': [urlOf(plain, as('reader')), /the server is read-only/],
      'a URL of another kind': [`mysql://a:${encodeURIComponent(SECRET)}@127.0.0.1:1/b`, /postgres:\/\/user/],
      'a URL that is none': [`postgres://a:${encodeURIComponent(SECRET)}@127.0.0.1:99999/b`, /postgres:\/\/user/],
      HTTP: [await serverWith(createServer((_, response) => response.end('Hello'))), /is not PostgreSQL/],
    };
    const found = await results(Object.fromEntries(Object.entries(cases).map(([name, [url]]) => [name, url])));
    for (const [name, result] of found) {
      expect([name, result?.name]).toEqual([name, 'ConfigurationError']);
      expect(result?.message).toMatch(cases[name]?.[1] ?? /never/);
      if (name !== 'a role that only reads') expectClean(result);
    }
  });

  it('fails with QueueUnavailableError and the cause when it may work later', async () => {
    const cases: Record<string, [url: string, words: RegExp]> = {
      'no such host': [`postgres://a:${encodeURIComponent(SECRET)}@no-such-host.invalid/b`, /no-such-host.invalid/],
      silence: [await serverWith(createTcpServer(() => {})), /did not respond within 3000 ms/],
      'an end at once': [
        await serverWith(createTcpServer((socket) => socket.end())),
        /ended the connection|terminated/,
      ],
      'too few connections': [urlOf(plain, as('limited')), /too many connections for role "limited"/],
      // Keep this case last: a server that starts later could listen on the port.
      'nobody listens': [`postgres://a:${encodeURIComponent(SECRET)}@127.0.0.1:${await freePort()}/b`, /ECONNREFUSED/],
    };
    const found = await results(Object.fromEntries(Object.entries(cases).map(([name, [url]]) => [name, url])));
    for (const [name, result] of found) {
      expect([name, result?.name]).toEqual([name, 'QueueUnavailableError']);
      expect(result?.message).toMatch(cases[name]?.[1] ?? /never/);
      expectClean(result);
    }
  });

  it('succeeds with a known CA, own options, and any default isolation level', async () => {
    const found = await results({
      'a known CA': urlOf(encrypted, withQuery(`sslmode=verify-full&sslrootcert=${certificate}`)),
      'no verification': urlOf(encrypted, withQuery('sslmode=no-verify')),
      'own options': urlOf(plain, withQuery('options=-c%20search_path%3Dsomewhere%20-c%20work_mem%3D8MB')),
      'an isolation of the role': urlOf(plain, as('isolated')),
    });
    expect(found.map(([name, result]) => [name, result?.name, result?.message])).toEqual(
      found.map(([name]) => [name, 'started', '']),
    );
  });
});
