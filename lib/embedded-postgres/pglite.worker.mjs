import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './open-database.mjs';
import { SessionMultiplexer } from './session-multiplexer.mjs';
import { join } from './wire-protocol.mjs';

/**
 * Runs the database in a thread. PGlite computes synchronously and would block the I/O of the main thread.
 *
 * @typedef {import('./thread-messages.interface.js').ToDatabaseThread} ToDatabaseThread
 * @typedef {import('./thread-messages.interface.js').SessionResponse} SessionResponse
 */

/** Responses that are ready within this time are posted together. */
const BATCH_MS = 1;

if (!parentPort) throw new Error('pglite.worker.mjs runs in a worker thread only.');
const port = parentPort;
const database = await openDatabase(workerData);

/** @type {SessionResponse[]} */
let responses = [];
let postedAt = performance.now();
const sessions = new SessionMultiplexer(execute, respond);

let isClosing = false;
port.on('message', async (/** @type {ToDatabaseThread} */ message) => {
  if (isClosing) return;
  if (message === 'close') return await close();
  await sessions.run(message);
  post();
});
port.postMessage('ready');

/**
 * Uses the raw protocol, because PGlite's other functions parse every response and keep it in memory.
 *
 * @param {Uint8Array} request
 */
async function execute(request) {
  /** @type {Uint8Array[]} */
  const parts = [];
  // PGlite reuses this memory for the next data.
  const onRawData = (/** @type {Uint8Array} */ data) => parts.push(data.slice());
  await database.execProtocolRawStream(request, { syncToFs: false, onRawData });
  return join(parts);
}

/** @param {SessionResponse} next */
function respond(next) {
  responses.push(next);
  if (performance.now() - postedAt >= BATCH_MS) post();
}

function post() {
  if (responses.length > 0) port.postMessage(responses);
  responses = [];
  postedAt = performance.now();
}

async function close() {
  isClosing = true;
  await sessions.end();
  post();
  await database.close();
  port.close();
}
