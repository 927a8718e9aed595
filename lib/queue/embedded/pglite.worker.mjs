import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './open-database.mjs';
import { Sessions } from './sessions.mjs';

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
const sessions = new Sessions((request) => database.execProtocolRawSync(request), answer);

let isClosing = false;
port.on('message', async (/** @type {ToDatabaseThread} */ message) => {
  if (isClosing) return;
  if (message === 'close') return await close();
  sessions.run(message);
  post();
});
port.postMessage('ready');

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
  sessions.end();
  post();
  await database.close();
  port.close();
}
