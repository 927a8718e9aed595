import { join, LETTER, messagesIn, wireMessage } from './wire-protocol.mjs';

/** Maximum number of statements. It bounds memory if an application puts values into the SQL text. */
const MAX_STATEMENTS = 500;

/**
 * Prepares repeated unnamed statements under the names `cached-1`, `cached-2`, … Otherwise PostgreSQL parses and plans
 * them each time, which is a tenth of its work. A statement is cached when it is repeated after it succeeded.
 */
export class PreparedStatementCache {
  /** @type {Map<string, { name: string, isPrepared: boolean }>} */
  #known = new Map();
  #last = 0;

  /**
   * Replaces the statement of a request by its name, and prepares it if necessary. The driver does not need
   * ParseComplete.
   *
   * @param {Uint8Array} request
   * @returns {{ request: Uint8Array, end: (failed: boolean) => void }} Call `end` with the result.
   */
  use(request) {
    const parts = partsOf(request);
    if (!parts) return { request, end: () => {} };
    const statement = Buffer.from(parts.parse).toString('latin1');
    const known = this.#known.get(statement);
    if (!known) return { request, end: (failed) => failed || this.#remember(statement) };
    const preparing = known.isPrepared ? [] : preparation(known.name, parts.parse);
    const bound = wireMessage(LETTER.bind, join([Buffer.from(`\0${known.name}\0`), parts.bind]));
    return {
      request: join([...preparing, bound, ...parts.rest]),
      end: (failed) => {
        // After any error it is prepared again, because it may be missing or outdated.
        known.isPrepared = !failed;
      },
    };
  }

  /** Forgets all statements, which the session has dropped. */
  clear() {
    this.#known.clear();
  }

  /** @param {string} statement */
  #remember(statement) {
    if (this.#known.size >= MAX_STATEMENTS) return;
    this.#last += 1;
    this.#known.set(statement, { name: `cached-${this.#last}`, isPrepared: false });
  }
}

/**
 * Splits a request that parses, binds and executes one unnamed statement: Parse without the name, Bind without the
 * names of portal and statement, and the other messages. Returns undefined for other requests.
 *
 * @param {Uint8Array} request
 */
function partsOf(request) {
  if (request[0] !== LETTER.parse) return undefined;
  const [parse, bind, ...rest] = messagesIn(request);
  if (!parse || bind?.letter !== LETTER.bind) return undefined;
  if (parse.body[0] !== 0 || bind.body[0] !== 0 || bind.body[1] !== 0) return undefined;
  if (!rest.every(usesPortal)) return undefined;
  return { parse: parse.body.subarray(1), bind: bind.body.subarray(2), rest: rest.map(({ bytes }) => bytes) };
}

/**
 * Returns whether a message refers to the unnamed portal, which stays unnamed, and not to the statement.
 *
 * @param {{ letter: number | undefined, body: Uint8Array }} message
 */
function usesPortal({ letter, body }) {
  if (letter === LETTER.describe) return body[0] === LETTER.portal;
  return letter === LETTER.execute || letter === LETTER.sync;
}

/** @param {string} name @param {Uint8Array} parse */
function preparation(name, parse) {
  return [
    wireMessage(LETTER.close, Buffer.from(`S${name}\0`)),
    wireMessage(LETTER.parse, join([Buffer.from(`${name}\0`), parse])),
  ];
}
