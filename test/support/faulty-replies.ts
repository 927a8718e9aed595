import type { ReceivedRequest, Reply } from './provider-server.js';

/** Replies that are none. */
type Faulty = Extract<Reply, (...given: never[]) => void>;

/** The request was read; then the connection is reset without an answer. */
export const reset: Faulty = (_request, _response, socket) => socket.resetAndDestroy();

/** The request was read; then the connection is closed without an answer. */
export const hangUp: Faulty = (_request, _response, socket) => socket.destroy();

/** The head of a good answer and half of its body. */
export const cutBody: Faulty = (_request, _response, socket) => {
  const body = '{"zaapId":"ZAAP1","messageId":"MESS';
  socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n${body}`);
};

/** A chunked answer without its last chunk. What came is whole JSON, and still is no whole answer. */
export const cutChunks: Faulty = (_request, _response, socket) => {
  const body = '{"zaapId":"ZAAP1","messageId":"MESSAGE1"}';
  socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`);
};

/** Half of an answer's head. */
export const cutHead: Faulty = (_request, _response, socket) => {
  socket.end('HTTP/1.1 200 OK\r\nContent-Ty');
};

/** What is not HTTP. */
export const garbage: Faulty = (_request, _response, socket) => {
  socket.end('\u0000\u0001 this is not HTTP \r\n\r\n');
};

/** A byte every now and then, for ever. */
export const drip: Faulty = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100000' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Never a word. */
export const silence: Faulty = () => {};

/** The head of an answer and no body. */
export const headOnly: Faulty = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
  response.flushHeaders();
};

/** Answers when told to, and tells which requests wait. */
export class Held {
  private readonly waiting: { request: ReceivedRequest; answer: () => void }[] = [];
  most = 0;

  constructor(private readonly body: unknown = { zaapId: 'ZAAP1', messageId: 'MESSAGE1' }) {}

  readonly reply: Faulty = (request, response) => {
    const answer = () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(this.body));
    this.waiting.push({ request, answer });
    this.most = Math.max(this.most, this.waiting.length);
  };

  get count(): number {
    return this.waiting.length;
  }

  /** Answers the first waiting request, or the first whose body holds the text. */
  release(text = ''): void {
    const index = this.waiting.findIndex(({ request }) => request.body.includes(text));
    this.waiting.splice(index, 1)[0]?.answer();
  }

  releaseAll(): void {
    for (const { answer } of this.waiting.splice(0)) answer();
  }
}
