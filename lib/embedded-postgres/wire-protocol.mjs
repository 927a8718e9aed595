/**
 * Messages of PostgreSQL's protocol: a letter, the length including itself, and the body.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

export const LETTER = {
  bind: 'B'.charCodeAt(0),
  close: 'C'.charCodeAt(0),
  commandComplete: 'C'.charCodeAt(0),
  describe: 'D'.charCodeAt(0),
  errorResponse: 'E'.charCodeAt(0),
  execute: 'E'.charCodeAt(0),
  notification: 'A'.charCodeAt(0),
  parse: 'P'.charCodeAt(0),
  portal: 'P'.charCodeAt(0),
  query: 'Q'.charCodeAt(0),
  readyForQuery: 'Z'.charCodeAt(0),
  sync: 'S'.charCodeAt(0),
};
const IDLE = 'I'.charCodeAt(0);

/**
 * @typedef {object} WireResponse
 * @property {Uint8Array} bytes the messages for the client that sent the request
 * @property {boolean} inTransaction
 * @property {boolean} failed
 * @property {string[]} commands the tags of completed commands: `INSERT 0 1`, `LISTEN`
 * @property {{ channel: string, bytes: Uint8Array }[]} notifications
 */

/**
 * Parses a response. PostgreSQL adds notifications to the next response of the session.
 *
 * @param {Uint8Array} bytes
 * @returns {WireResponse}
 */
export function readResponse(bytes) {
  /** @type {WireResponse} */
  const response = { bytes, inTransaction: true, failed: false, commands: [], notifications: [] };
  const own = [];
  for (const message of messagesIn(bytes)) {
    if (message.letter === LETTER.notification) {
      response.notifications.push({ channel: textAt(message.body, 4), bytes: message.bytes.slice() });
      continue;
    }
    if (message.letter === LETTER.commandComplete) response.commands.push(textAt(message.body, 0));
    if (message.letter === LETTER.errorResponse) response.failed = true;
    if (message.letter === LETTER.readyForQuery) response.inTransaction = message.body[0] !== IDLE;
    own.push(message.bytes);
  }
  if (response.notifications.length > 0) response.bytes = join(own);
  return response;
}

/** Returns the SQL of a request. @param {Uint8Array} request @returns {string} */
export function sqlIn(request) {
  const texts = [];
  for (const { letter, body } of messagesIn(request)) {
    if (letter === LETTER.query) texts.push(textAt(body, 0));
    if (letter === LETTER.parse) texts.push(textAt(body, body.indexOf(0) + 1));
  }
  return texts.join(';\n');
}

/**
 * Each client has its own prepared statements, but they share one session. So a statement that another client prepared
 * with the same name is closed first.
 *
 * @param {Uint8Array} request
 * @returns {Uint8Array}
 */
export function withOwnStatementName(request) {
  if (request[0] !== LETTER.parse || request[5] === 0) return request;
  const name = request.subarray(5, request.indexOf(0, 5) + 1);
  return join([wireMessage(LETTER.close, join([Buffer.from('S'), name])), request]);
}

/** @param {string} sql */
export function queryMessage(sql) {
  return wireMessage(LETTER.query, Buffer.from(`${sql}\0`));
}

/** Creates an error response. @param {{ code: string, message: string, inTransaction: boolean }} error */
export function errorMessage({ code, message, inTransaction }) {
  const fields = `SERROR\0VERROR\0C${code}\0M${message}\0\0`;
  return join([
    wireMessage(LETTER.errorResponse, Buffer.from(fields)),
    wireMessage(LETTER.readyForQuery, Buffer.from(inTransaction ? 'T' : 'I')),
  ]);
}

/** @param {Uint8Array} bytes */
export function* messagesIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + view.getUint32(start + 1);
    yield { letter: bytes[start], bytes: bytes.subarray(start, end), body: bytes.subarray(start + 5, end) };
    start = end;
  }
}

/** @param {number} letter @param {Uint8Array} body */
export function wireMessage(letter, body) {
  const message = new Uint8Array(5 + body.length);
  message[0] = letter;
  new DataView(message.buffer).setUint32(1, 4 + body.length);
  message.set(body, 5);
  return message;
}

/** @param {Uint8Array} bytes @param {number} start */
function textAt(bytes, start) {
  const text = bytes.subarray(start, bytes.indexOf(0, start));
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString();
}

/**
 * Copies parts into memory of their own, because posting a view also copies the memory that it shares with others.
 *
 * @param {Uint8Array[]} parts
 */
export function join(parts) {
  return new Uint8Array(Buffer.concat(parts));
}
