import { Listeners } from './notification-router.mjs';
import { KeptStatements } from './prepared-statement-cache.mjs';
import { copiesFromClient } from './sql-scanner.mjs';
import { queryMessage, readAnswer, refusalMessage, sqlIn, withOwnStatementName } from './wire-protocol.mjs';

/**
 * @typedef {import('./thread-messages.interface.js').SessionRequest} SessionRequest
 * @typedef {import('./thread-messages.interface.js').SessionAnswer} SessionAnswer
 */

const ROLLBACK = queryMessage('ROLLBACK');
/** After these the session has no statement any more. */
const FORGETTING = ['DEALLOCATE ALL', 'DISCARD ALL'];

/**
 * Many clients on the one session that PGlite has: first come, first served, except that a client in a transaction has
 * the session to itself until that ends.
 */
export class Sessions {
  /** @type {SessionRequest[]} */
  #waiting = [];
  /** @type {Promise<void>} */
  #running = Promise.resolve();
  /** @type {number | undefined} */
  #inTransaction;
  #listeners = new Listeners();
  #statements = new KeptStatements();

  /**
   * @param {(request: Uint8Array) => Promise<Uint8Array>} execute
   * @param {(answer: SessionAnswer) => void} answer
   */
  constructor(execute, answer) {
    this.execute = execute;
    this.answer = answer;
  }

  /**
   * Resolves when every request was answered, but for those that wait for the end of somebody's transaction.
   *
   * @param {SessionRequest[]} requests
   */
  async run(requests) {
    this.#waiting.push(...requests);
    this.#running = this.#running.then(() => this.#runWaiting());
    await this.#running;
  }

  /** Ends every transaction that is open, and runs what waited for it. */
  async end() {
    await this.#running;
    while (this.#inTransaction !== undefined) await this.run([{ session: this.#inTransaction, kind: 'end' }]);
  }

  async #runWaiting() {
    for (let request = this.#next(); request; request = this.#next()) {
      if (request.kind === 'query') await this.#query(request);
      else await this.#leave(request);
    }
  }

  #next() {
    if (this.#inTransaction === undefined) return this.#waiting.shift();
    const index = this.#waiting.findIndex(({ session }) => session === this.#inTransaction);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  /** @param {{ session: number, bytes: Uint8Array }} request */
  async #query({ session, bytes }) {
    if (asksForClientData(bytes)) return this.#refuse(session);
    const { request, end } = this.#statements.use(withOwnStatementName(bytes));
    const { inTransaction, failed, commands, ...answer } = await this.#execute(request);
    end(failed);
    if (commands.some((command) => FORGETTING.includes(command))) this.#statements.forget();
    this.#inTransaction = inTransaction ? session : undefined;
    this.answer({ session, bytes: answer.bytes, inTransaction });
    if (commands.includes('LISTEN') || commands.includes('UNLISTEN')) {
      for (const sql of this.#listeners.follow(session, sqlIn(bytes))) await this.#execute(queryMessage(sql));
    }
  }

  /** @param {{ session: number, kind: 'rollback' | 'end' }} request */
  async #leave({ session, kind }) {
    if (kind === 'end') this.#listeners.forget(session);
    if (this.#inTransaction !== session) return;
    await this.#execute(ROLLBACK);
    this.#inTransaction = undefined;
  }

  /** @param {Uint8Array} bytes */
  async #execute(bytes) {
    const answer = readAnswer(await this.execute(bytes));
    for (const { channel, bytes: notification } of answer.notifications) {
      for (const session of this.#listeners.to(channel)) this.answer({ session, bytes: notification });
    }
    return answer;
  }

  /** @param {number} session */
  #refuse(session) {
    const inTransaction = this.#inTransaction === session;
    const message = 'COPY FROM STDIN is not supported by the embedded database';
    this.answer({ session, bytes: refusalMessage({ code: '0A000', message, inTransaction }), inTransaction });
  }
}

/**
 * PGlite has nobody to ask for the data of a COPY FROM STDIN, and ends.
 *
 * @param {Uint8Array} bytes
 */
function asksForClientData(bytes) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return /stdin/i.test(text.toString('latin1')) && copiesFromClient(sqlIn(bytes));
}
