import { join, LETTER, messagesIn, wireMessage } from './wire-protocol.mjs';

/** Programs have a few dozen; who writes values into the text itself shall not fill the session with them. */
const MOST_KEPT = 500;

/**
 * The session keeps the statements that come without a name, as it would those with one: otherwise it takes each apart
 * and plans it again, every time, which is a tenth of all its work. They are called `kept-1`, `kept-2`, … A statement
 * is kept when it comes again after it went well.
 */
export class KeptStatements {
  /** @type {Map<string, { name: string, isThere: boolean }>} */
  #known = new Map();
  #last = 0;

  /**
   * A request with its statement by name. One that is there already is not sent again, and the driver does not wait for
   * an answer to that.
   *
   * @param {Uint8Array} request
   * @returns {{ request: Uint8Array, end: (failed: boolean) => void }} `end` is told how it went.
   */
  use(request) {
    const parts = partsOf(request);
    if (!parts) return { request, end: () => {} };
    const statement = Buffer.from(parts.parse).toString('latin1');
    const known = this.#known.get(statement);
    if (!known) return { request, end: (failed) => failed || this.#remember(statement) };
    const preparing = known.isThere ? [] : preparation(known.name, parts.parse);
    const bound = wireMessage(LETTER.bind, join([Buffer.from(`\0${known.name}\0`), parts.bind]));
    return {
      request: join([...preparing, bound, ...parts.rest]),
      end: (failed) => {
        // Whatever the reason was: what is not there, or not fit any more, is prepared anew under its name.
        known.isThere = !failed;
      },
    };
  }

  /** The session has none of them any more. */
  forget() {
    this.#known.clear();
  }

  /** @param {string} statement */
  #remember(statement) {
    if (this.#known.size >= MOST_KEPT) return;
    this.#last += 1;
    this.#known.set(statement, { name: `kept-${this.#last}`, isThere: false });
  }
}

/**
 * The messages of a request that parses, binds and runs one statement, none of whose names is given: the statement
 * without its name, the values without those of portal and statement, and what follows.
 *
 * @param {Uint8Array} request
 */
function partsOf(request) {
  if (request[0] !== LETTER.parse) return undefined;
  const [parse, bind, ...rest] = messagesIn(request);
  if (!parse || bind?.letter !== LETTER.bind) return undefined;
  if (parse.body[0] !== 0 || bind.body[0] !== 0 || bind.body[1] !== 0) return undefined;
  if (!rest.every(isAboutPortal)) return undefined;
  return { parse: parse.body.subarray(1), bind: bind.body.subarray(2), rest: rest.map(({ bytes }) => bytes) };
}

/**
 * The portal is still the one without a name; a statement that is asked for would not be.
 *
 * @param {{ letter: number | undefined, body: Uint8Array }} message
 */
function isAboutPortal({ letter, body }) {
  if (letter === LETTER.describe) return body[0] === LETTER.portal;
  return letter === LETTER.execute || letter === LETTER.sync;
}

/**
 * @param {string} name
 * @param {Uint8Array} parse
 */
function preparation(name, parse) {
  return [
    wireMessage(LETTER.close, Buffer.from(`S${name}\0`)),
    wireMessage(LETTER.parse, join([Buffer.from(`${name}\0`), parse])),
  ];
}
