import { phoneOf } from './button-messages.js';
import { type FakeResponse, type ReceivedRequest } from './fake-provider.js';
import type { TestApp } from './test-app.js';

type Handler = Extract<FakeResponse, (...given: never[]) => void>;

let recipients = 0;
/** A number that had no message yet, so that no rate limit of a recipient applies. */
export const nextPhone = () => {
  recipients += 1;
  return phoneOf(recipients);
};

/** One plain send with each provider. */
export const SENDS = {
  'z-api': (app: TestApp, options = {}) => app.zApi.sendText({ phone: nextPhone(), message: 'Hi' } as never, options),
  chatvolt: (app: TestApp, options = {}) =>
    app.chatvolt.sendButtons(
      { conversationId: 'conv', body_text: 'Hi', button_1_id: 'a', button_1_title: 'A' } as never,
      options,
    ),
  'whatsapp-cloud': (app: TestApp, options = {}) =>
    app.cloud.sendText({ to: nextPhone(), text: { body: 'Hi' } } as never, options),
} as const;

export type Provider = keyof typeof SENDS;

/** The body with which each provider accepts a message. */
export const ACCEPTED: Record<Provider, Record<string, unknown>> = {
  'z-api': { zaapId: 'ZAAP1', messageId: 'MESSAGE1', id: 'MESSAGE1' },
  chatvolt: { success: true, message: { id: 'MESSAGE1' } },
  'whatsapp-cloud': { messaging_product: 'whatsapp', messages: [{ id: 'MESSAGE1' }] },
};

/** The response with which each provider accepts a message. */
export function acceptedBy(provider: Provider) {
  return { body: ACCEPTED[provider] };
}

/** Answers with a `Content-Length` that is longer than the body, and hangs up. */
export function cut(status: number, body: string): FakeResponse {
  return (_request, response, socket) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(body.length + 100) });
    response.write(body, () => socket.destroy());
  };
}

/** Answers the head and never the rest. */
export const stall: FakeResponse = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
  response.write('{"messageId":');
};

/** The request was read; then the connection is reset without an answer. */
export const reset: Handler = (_request, _response, socket) => socket.resetAndDestroy();

/** The request was read; then the connection is closed without an answer. */
export const hangUp: Handler = (_request, _response, socket) => socket.destroy();

/** The head of a good answer and half of its body. */
export const cutBody: Handler = (_request, _response, socket) => {
  const body = '{"zaapId":"ZAAP1","messageId":"MESS';
  socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n${body}`);
};

/** A chunked answer without its last chunk. What came is whole JSON, and still is no whole answer. */
export const cutChunks: Handler = (_request, _response, socket) => {
  const body = '{"zaapId":"ZAAP1","messageId":"MESSAGE1"}';
  socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`);
};

/** Half of an answer's head. */
export const cutHead: Handler = (_request, _response, socket) => {
  socket.end('HTTP/1.1 200 OK\r\nContent-Ty');
};

/** What is not HTTP. */
export const garbage: Handler = (_request, _response, socket) => {
  socket.end('\u0000\u0001 this is not HTTP \r\n\r\n');
};

/** A byte every now and then, for ever. */
export const drip: Handler = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100000' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Never a word. */
export const silence: Handler = () => {};

/** The head of an answer and no body. */
export const headOnly: Handler = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
  response.flushHeaders();
};

/** Delays responses until they are released. */
export class HeldResponses {
  private readonly waiting: { request: ReceivedRequest; answer: () => void }[] = [];
  most = 0;

  constructor(private readonly body: unknown = { zaapId: 'ZAAP1', messageId: 'MESSAGE1' }) {}

  readonly reply: Handler = (request, response) => {
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
