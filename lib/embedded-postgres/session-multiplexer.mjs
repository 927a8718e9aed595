import { NotificationRouter } from './notification-router.mjs';
import { PreparedStatementCache } from './prepared-statement-cache.mjs';
import { copiesFromClient } from './sql-scanner.mjs';
import { errorMessage, queryMessage, readResponse, sqlIn, withOwnStatementName } from './wire-protocol.mjs';

/**
 * @typedef {import('./thread-messages.interface.js').SessionRequest} SessionRequest
 * @typedef {import('./thread-messages.interface.js').SessionResponse} SessionResponse
 */

const ROLLBACK = queryMessage('ROLLBACK');
/** Commands that drop all prepared statements. */
const CLEARING = ['DEALLOCATE ALL', 'DISCARD ALL'];

/**
 * Shares PGlite's only session among clients, in order of arrival. A client in a transaction has the session to itself
 * until the transaction ends.
 */
export class SessionMultiplexer {
  /** @type {SessionRequest[]} */
  #waiting = [];
  /** @type {Promise<void>} */
  #running = Promise.resolve();
  /** @type {number | undefined} */
  #inTransaction;
  #notifications = new NotificationRouter();
  #statements = new PreparedStatementCache();

  /**
   * @param {(request: Uint8Array) => Promise<Uint8Array>} execute
   * @param {(response: SessionResponse) => void} respond
   */
  constructor(execute, respond) {
    this.execute = execute;
    this.respond = respond;
  }

  /**
   * Runs requests. Resolves when all have a response, except those that wait for another client's transaction.
   *
   * @param {SessionRequest[]} requests
   */
  async run(requests) {
    this.#waiting.push(...requests);
    this.#running = this.#running.then(() => this.#runWaiting());
    await this.#running;
  }

  /** Rolls back every open transaction, and runs the requests that waited for it. */
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
    if (needsClientData(bytes)) return this.#reject(session);
    const { request, end } = this.#statements.use(withOwnStatementName(bytes));
    const { inTransaction, failed, commands, ...response } = await this.#execute(request);
    end(failed);
    if (commands.some((command) => CLEARING.includes(command))) this.#statements.clear();
    this.#inTransaction = inTransaction ? session : undefined;
    this.respond({ session, bytes: response.bytes, inTransaction });
    if (commands.includes('LISTEN') || commands.includes('UNLISTEN')) {
      for (const sql of this.#notifications.follow(session, sqlIn(bytes))) await this.#execute(queryMessage(sql));
    }
  }

  /** @param {{ session: number, kind: 'rollback' | 'end' }} request */
  async #leave({ session, kind }) {
    if (kind === 'end') this.#notifications.remove(session);
    if (this.#inTransaction !== session) return;
    await this.#execute(ROLLBACK);
    this.#inTransaction = undefined;
  }

  /** @param {Uint8Array} bytes */
  async #execute(bytes) {
    const response = readResponse(await this.execute(bytes));
    for (const { channel, bytes: notification } of response.notifications) {
      for (const session of this.#notifications.sessionsOf(channel)) this.respond({ session, bytes: notification });
    }
    return response;
  }

  /** @param {number} session */
  #reject(session) {
    const inTransaction = this.#inTransaction === session;
    const message = 'COPY FROM STDIN is not supported by the embedded database';
    this.respond({ session, bytes: errorMessage({ code: '0A000', message, inTransaction }), inTransaction });
  }
}

/**
 * Detects COPY FROM STDIN, which PGlite's raw protocol does not support and which would end it.
 *
 * @param {Uint8Array} bytes
 */
function needsClientData(bytes) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return /stdin/i.test(text.toString('latin1')) && copiesFromClient(sqlIn(bytes));
}
