import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, type Dispatcher } from 'undici';
import { MAX_RESPONSE_BYTES } from '../../../lib/transport/http-response.js';
import { type AttemptLimits, type AttemptOutcome, RequestAttempt } from '../../../lib/transport/request-attempt.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { until } from '../../support/time.js';

const WHOLE = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After: 3\r\n\r\n{}';
const QUICKLY = 60;
/** Long enough on a busy machine, too. */
const LONG_ENOUGH_TO_LEAVE = 1_000;

let agent: Agent;
let server: TcpServer | undefined;
/** Bytes received by the server on all connections. */
let heard: string;
let sockets: Socket[];

beforeEach(() => {
  // One connection, so that a second request waits for the first.
  agent = new Agent({ connections: 1, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  heard = '';
  sockets = [];
});

afterEach(async () => {
  await agent.destroy();
  await server?.close();
  server = undefined;
});

/** Starts a server that handles each request with `onRequest`. */
async function listen(onRequest: (socket: Socket, count: number) => void): Promise<string> {
  server = await TcpServer.start((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => {
      heard += bytes;
      onRequest(socket, requests());
    });
  });
  return server.url;
}

const requests = () => heard.split('POST /').length - 1;

function options(origin: string): Dispatcher.DispatchOptions {
  return { origin, path: '/send', method: 'POST', headers: { a: 'b' }, body: '{"a":1}' };
}

function begin(origin: string, limits: Partial<AttemptLimits> = {}): RequestAttempt {
  const attempt = new RequestAttempt({ timeoutMs: 5_000, ...limits });
  attempt.dispatch(agent, options(origin));
  return attempt;
}

describe('RequestAttempt that receives a response', () => {
  it('returns the whole response and keeps the connection for the next request', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const expected = {
      kind: 'answered',
      answer: {
        status: 200,
        headers: { 'content-length': '2', 'retry-after': '3' },
        bytes: Buffer.from('{}'),
        tooLarge: false,
      },
    };
    expect(await begin(url).completion).toEqual(expected);
    expect(await begin(url).completion).toEqual(expected);
    expect([requests(), server?.connections]).toEqual([2, 1]);
  });

  it('returns an empty response', async () => {
    const url = await listen((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const end = await begin(url).completion;
    expect(end).toMatchObject({ kind: 'answered', answer: { status: 204, bytes: Buffer.alloc(0), tooLarge: false } });
  });

  it('joins a response that arrives in pieces', async () => {
    const url = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{"');
      setImmediate(() => setImmediate(() => socket.write('"}')));
    });
    const end = await begin(url).completion;
    expect(end).toMatchObject({ kind: 'answered', answer: { bytes: Buffer.from('{""}'), tooLarge: false } });
  });

  it.each([
    [MAX_RESPONSE_BYTES, false],
    [MAX_RESPONSE_BYTES + 1, true],
  ])('marks a response of %i bytes as too large: %p', async (size, tooLarge) => {
    const url = await listen((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 'x'));
    });
    const end = await begin(url).completion;
    if (end.kind !== 'answered') throw new Error(`It ended as ${end.kind}.`);
    expect([end.answer.tooLarge, end.answer.bytes.length]).toEqual([tooLarge, tooLarge ? 0 : size]);
  });

  it('stops reading a response over the limit and closes the connection', async () => {
    const url = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      const more = () => void (socket.writable && socket.write(chunk, more));
      more();
    });
    const end = await begin(url).completion;
    expect(end).toMatchObject({ kind: 'answered', answer: { tooLarge: true } });
    await until(() => sockets.every((socket) => socket.destroyed));
  });
});

describe('RequestAttempt that is not sent', () => {
  it('ends as not-sent when the connection is refused', async () => {
    const end = await begin(`http://${await closedPort()}`).completion;
    expect(end).toEqual({ kind: 'not-sent', reason: 'ECONNREFUSED' });
  });

  it('ends as not-sent when no connection is free within the timeout', async () => {
    const url = await listen(() => {});
    const first = begin(url);
    await until(() => requests() === 1);
    const second = begin(url, { timeoutMs: QUICKLY });
    expect(await second.completion).toEqual({ kind: 'not-sent', reason: 'no connection in time' });
    // The connection is free now, but the second request must not use it.
    sockets[0]?.write(WHOLE);
    await first.completion;
    expect((await begin(url, { timeoutMs: LONG_ENOUGH_TO_LEAVE }).completion).kind).toBe('no-response');
    // The request left within its timeout. The server may read it a moment later.
    await until(() => requests() === 2);
  });

  it('ends as not-sent when the request is invalid', async () => {
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.dispatch(agent, { ...options('http://127.0.0.1:9'), path: 'no path' });
    expect(await attempt.completion).toEqual({ kind: 'not-sent', reason: 'UND_ERR_INVALID_ARG' });
  });

  it.each<[what: string, error: unknown, reason: string]>([
    ['a code', Object.assign(new Error('Secret'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['a code that is not a string', Object.assign(new Error('Secret'), { code: 5 }), 'connection failed'],
    ['no code', new Error('Secret'), 'connection failed'],
    ['several errors', new AggregateError([Object.assign(new Error(), { code: 'EHOSTUNREACH' })]), 'EHOSTUNREACH'],
    ['an empty list of errors', new AggregateError([]), 'connection failed'],
    ['null', null, 'connection failed'],
    ['a string', 'Secret', 'connection failed'],
  ])('reports only the code of a dispatch error: %s', async (_what, error, reason) => {
    class Broken extends Agent {
      override dispatch(): boolean {
        throw error;
      }
    }
    const broken = new Broken();
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.dispatch(broken, options('http://127.0.0.1:9'));
    expect(await attempt.completion).toEqual({ kind: 'not-sent', reason });
    await broken.destroy();
  });

  it('ends as not-sent when abandoned before dispatch', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.abandon('given up');
    attempt.dispatch(agent, options(url));
    expect(await attempt.completion).toEqual({ kind: 'not-sent', reason: 'given up' });
    expect((await begin(url).completion).kind).toBe('answered');
    expect(requests()).toBe(1);
  });

  it('ends as not-sent when it is not dispatched within the timeout', async () => {
    const attempt = new RequestAttempt({ timeoutMs: QUICKLY });
    expect(await attempt.completion).toEqual({ kind: 'not-sent', reason: 'no connection in time' });
  });
});

describe('RequestAttempt without a response', () => {
  it.each<[what: string, reply: (socket: Socket) => void, reason: string]>([
    ['is closed', (socket) => socket.end(), 'UND_ERR_SOCKET'],
    ['is reset', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['ends in the response headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'), 'UND_ERR_SOCKET'],
    [
      'ends in the response body',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'),
      'UND_ERR_SOCKET',
    ],
    ['carries no HTTP', (socket) => socket.end('hello\r\n\r\n'), 'connection failed'],
  ])('ends as lost when the connection %s', async (_what, reply, reason) => {
    const url = await listen(reply);
    expect(await begin(url).completion).toEqual({ kind: 'no-response', reason });
    expect(requests()).toBe(1);
  });

  it.each(['', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'])(
    'ends as lost when only %j arrives within the timeout',
    async (part) => {
      const url = await listen((socket) => socket.write(part));
      const end = await begin(url, { timeoutMs: LONG_ENOUGH_TO_LEAVE }).completion;
      expect(end).toEqual({ kind: 'no-response', reason: `no response within ${LONG_ENOUGH_TO_LEAVE} ms` });
      // The rest is not needed, so the connection is closed.
      await until(() => sockets.every((socket) => socket.destroyed));
    },
  );

  it('continues when abandoned after dispatch', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const attempt = begin(url);
    attempt.abandon('given up');
    expect((await attempt.completion).kind).toBe('answered');
  });
});

describe('RequestAttempt that is aborted', () => {
  const STOPPED_BEFORE: AttemptOutcome = { kind: 'aborted', requestStarted: false };

  it('sends nothing when aborted before it starts', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    expect(await begin(url, { signal: AbortSignal.abort() }).completion).toEqual(STOPPED_BEFORE);
    expect((await begin(url).completion).kind).toBe('answered');
    expect(requests()).toBe(1);
  });

  it('sends nothing when aborted while it waits for a connection', async () => {
    const url = await listen((socket, count) => void (count > 1 && socket.write(WHOLE)));
    const first = begin(url);
    await until(() => requests() === 1);
    const caller = new AbortController();
    const second = begin(url, { signal: caller.signal });
    const third = begin(url);
    caller.abort();
    expect(await second.completion).toEqual(STOPPED_BEFORE);
    sockets[0]?.write(WHOLE);
    expect([(await first.completion).kind, (await third.completion).kind]).toEqual(['answered', 'answered']);
    expect(requests()).toBe(2);
  });

  it('reports requestStarted: true and closes the connection when aborted after the request left', async () => {
    const url = await listen(() => {});
    const caller = new AbortController();
    const attempt = begin(url, { signal: caller.signal });
    await until(() => requests() === 1);
    caller.abort();
    expect(await attempt.completion).toEqual({ kind: 'aborted', requestStarted: true });
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  it('keeps its response and the connection when aborted afterwards', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const caller = new AbortController();
    const attempt = begin(url, { signal: caller.signal });
    expect((await attempt.completion).kind).toBe('answered');
    caller.abort();
    expect((await attempt.completion).kind).toBe('answered');
    expect((await begin(url).completion).kind).toBe('answered');
    expect(server?.connections).toBe(1);
  });
});

describe('RequestAttempt', () => {
  it('sends one request when dispatched twice', async () => {
    const url = await listen(() => {});
    const other = new Agent();
    const attempt = begin(url);
    attempt.dispatch(other, options(url));
    // The next request on the same agent arrives after it.
    const next = new RequestAttempt({ timeoutMs: 5_000 });
    next.dispatch(other, options(url));
    await until(() => requests() >= 2);
    for (const socket of sockets) socket.write(WHOLE);
    const ends = await Promise.all([attempt.completion, next.completion]);
    expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'answered']);
    expect(requests()).toBe(2);
    await other.destroy();
  });

  it('removes its abort listener and timer when it ends', () => {
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const attempt = new RequestAttempt({ timeoutMs: 5_000, signal });
    expect([getEventListeners(signal, 'abort').length, timers() - before]).toEqual([1, 1]);
    attempt.abandon('given up');
    expect([getEventListeners(signal, 'abort').length, timers() - before]).toEqual([0, 0]);
  });

  it('calls its end callback once', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    let ends = 0;
    const attempt = new RequestAttempt({ timeoutMs: 5_000 }, () => {
      ends += 1;
    });
    attempt.dispatch(agent, options(url));
    expect(ends).toBe(0);
    await attempt.completion;
    attempt.abandon('too late');
    expect(ends).toBe(1);
  });

  it('keeps its response when aborted while the response completes', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const controller = new AbortController();
    const attempt = new RequestAttempt({ timeoutMs: 5_000, signal: controller.signal });
    const onResponseEnd = attempt.onResponseEnd.bind(attempt);
    attempt.onResponseEnd = () => {
      onResponseEnd();
      controller.abort();
    };
    attempt.dispatch(agent, options(url));
    expect((await attempt.completion).kind).toBe('answered');
  });

  it('calls its end callback at once when aborted before it starts', () => {
    let ends = 0;
    new RequestAttempt({ timeoutMs: 5_000, signal: AbortSignal.abort() }, () => {
      ends += 1;
    });
    expect(ends).toBe(1);
  });
});
