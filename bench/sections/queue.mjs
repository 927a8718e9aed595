// Compares the durable queue with bare BullMQ, in its own process. `node bench/queue.mjs` does the same.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('../queue.mjs', import.meta.url));
const SERVERS = { redis: 6379, postgres: 5432 };

export async function run({ quick }) {
  const engines = ['embedded'];
  for (const [engine, port] of Object.entries(SERVERS)) if (await answers(port)) engines.unshift(engine);
  const directory = await mkdtemp(join(tmpdir(), 'bench-queue-'));
  const json = join(directory, 'queue.json');
  const options = ['--engines', engines.join(','), '--rounds', quick ? '3' : '7', '--messages', quick ? '700' : '2000'];
  // It exits with 1 if a target is missed, after writing the file.
  await promisify(execFile)(process.execPath, [PROGRAM, ...options, '--json', json]).catch(() => undefined);
  const { results, messages } = JSON.parse(await readFile(json, 'utf8'));
  await rm(directory, { recursive: true });
  return {
    title: 'the durable queue compared with bare BullMQ whose job makes the same request',
    notes: [`${messages} messages a round; the engines that were there: ${engines.join(', ')}.`],
    tables: [
      {
        title: 'medians of rounds in turn',
        columns: ['what', 'measured'],
        rows: results.map(({ what, measured }) => [what, measured]),
      },
    ],
    charts: [],
    targets: results.flatMap(({ target }) => target ?? []),
  };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}
