import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './open-database.mjs';
import { Sessions } from './session-multiplexer.mjs';
import { join } from './wire-protocol.mjs';

/**
 * The database's thread. PGlite computes in one piece and answers in microtasks; beside it no I/O would get through.
 *
 * @typedef {import('./thread-messages.interface.js').ToDatabaseThread} ToDatabaseThread
 * @typedef {import('./thread-messages.interface.js').SessionAnswer} SessionAnswer
 */

/** Answers that are ready so soon after each other travel together. */
const TOGETHER_WITHIN_MS = 1;

if (!parentPort) throw new Error('pglite.worker.mjs runs in a worker thread only.');
const port = parentPort;
const database = await openDatabase(workerData);

/** @type {SessionAnswer[]} */
let answers = [];
let postedAt = performance.now();
const sessions = new Sessions(execute, answer);

let isClosing = false;
port.on('message', async (/** @type {ToDatabaseThread} */ message) => {
  if (isClosing) return;
  if (message === 'close') return await close();
  await sessions.run(message);
  post();
});
port.postMessage('ready');

/**
 * PGlite's other ways take every answer apart once more, and keep the parts.
 *
 * @param {Uint8Array} request
 */
async function execute(request) {
  /** @type {Uint8Array[]} */
  const parts = [];
  // The bytes are the database's own memory, and only good until the next ones.
  const onRawData = (/** @type {Uint8Array} */ data) => parts.push(data.slice());
  await database.execProtocolRawStream(request, { syncToFs: false, onRawData });
  return join(parts);
}

/** @param {SessionAnswer} next */
function answer(next) {
  answers.push(next);
  if (performance.now() - postedAt >= TOGETHER_WITHIN_MS) post();
}

function post() {
  if (answers.length > 0) port.postMessage(answers);
  answers = [];
  postedAt = performance.now();
}

async function close() {
  isClosing = true;
  await sessions.end();
  post();
  await database.close();
  port.close();
}
