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
/** Also on a machine that does much else. */
const LONG_ENOUGH_TO_LEAVE = 1_000;

let agent: Agent;
let server: TcpServer | undefined;
/** What the server heard, of all connections. */
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

/** Listens, and answers every request as told. */
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

describe('An attempt that is answered', () => {
  it('brings the answer whole, and leaves the connection for the next', async () => {
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

  it('brings an empty answer', async () => {
    const url = await listen((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const end = await begin(url).completion;
    expect(end).toMatchObject({ kind: 'answered', answer: { status: 204, bytes: Buffer.alloc(0), tooLarge: false } });
  });

  it('puts together what came in pieces', async () => {
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
  ])('of %i bytes is too large: %p', async (size, tooLarge) => {
    const url = await listen((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 'x'));
    });
    const end = await begin(url).completion;
    if (end.kind !== 'answered') throw new Error(`It ended as ${end.kind}.`);
    expect([end.answer.tooLarge, end.answer.bytes.length]).toEqual([tooLarge, tooLarge ? 0 : size]);
  });

  it('reads no further than it must, and lets the connection go', async () => {
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

describe('An attempt that never left', () => {
  it('was refused', async () => {
    const end = await begin(`http://${await closedPort()}`).completion;
    expect(end).toEqual({ kind: 'never-left', reason: 'ECONNREFUSED' });
  });

  it('found no connection in time', async () => {
    const url = await listen(() => {});
    const first = begin(url);
    await until(() => requests() === 1);
    const second = begin(url, { timeoutMs: QUICKLY });
    expect(await second.completion).toEqual({ kind: 'never-left', reason: 'no connection in time' });
    // The connection is free now: the second must not take it.
    sockets[0]?.write(WHOLE);
    await first.completion;
    expect((await begin(url, { timeoutMs: LONG_ENOUGH_TO_LEAVE }).completion).kind).toBe('lost');
    // It left before its time was over; the other side may read it a moment later.
    await until(() => requests() === 2);
  });

  it('could not be asked for', async () => {
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.dispatch(agent, { ...options('http://127.0.0.1:9'), path: 'no path' });
    expect(await attempt.completion).toEqual({ kind: 'never-left', reason: 'UND_ERR_INVALID_ARG' });
  });

  it.each<[what: string, error: unknown, reason: string]>([
    ['a code', Object.assign(new Error('Secret'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['a code that is no text', Object.assign(new Error('Secret'), { code: 5 }), 'connection failed'],
    ['no code', new Error('Secret'), 'connection failed'],
    ['several errors', new AggregateError([Object.assign(new Error(), { code: 'EHOSTUNREACH' })]), 'EHOSTUNREACH'],
    ['several errors, none of them there', new AggregateError([]), 'connection failed'],
    ['null', null, 'connection failed'],
    ['words', 'Secret', 'connection failed'],
  ])('says no more of why than a code: %s', async (_what, error, reason) => {
    class Broken extends Agent {
      override dispatch(): boolean {
        throw error;
      }
    }
    const broken = new Broken();
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.dispatch(broken, options('http://127.0.0.1:9'));
    expect(await attempt.completion).toEqual({ kind: 'never-left', reason });
    await broken.destroy();
  });

  it('was abandoned before anybody dispatched it', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const attempt = new RequestAttempt({ timeoutMs: 5_000 });
    attempt.abandon('given up');
    attempt.dispatch(agent, options(url));
    expect(await attempt.completion).toEqual({ kind: 'never-left', reason: 'given up' });
    expect((await begin(url).completion).kind).toBe('answered');
    expect(requests()).toBe(1);
  });

  it('waited for a dispatch that never came', async () => {
    const attempt = new RequestAttempt({ timeoutMs: QUICKLY });
    expect(await attempt.completion).toEqual({ kind: 'never-left', reason: 'no connection in time' });
  });
});

describe('An attempt that is lost', () => {
  it.each<[what: string, reply: (socket: Socket) => void, reason: string]>([
    ['hung up on', (socket) => socket.end(), 'UND_ERR_SOCKET'],
    ['reset', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['cut in the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'), 'UND_ERR_SOCKET'],
    ['cut in the body', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'), 'UND_ERR_SOCKET'],
    ['answered in no HTTP', (socket) => socket.end('hello\r\n\r\n'), 'connection failed'],
  ])('was %s', async (_what, reply, reason) => {
    const url = await listen(reply);
    expect(await begin(url).completion).toEqual({ kind: 'lost', reason });
    expect(requests()).toBe(1);
  });

  it.each(['', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'])('got no whole answer in time: %j', async (part) => {
    const url = await listen((socket) => socket.write(part));
    const end = await begin(url, { timeoutMs: LONG_ENOUGH_TO_LEAVE }).completion;
    expect(end).toEqual({ kind: 'lost', reason: `no answer within ${LONG_ENOUGH_TO_LEAVE} ms` });
    // Nobody waits for the rest: the connection is let go.
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  it('is not given up once it was dispatched', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    const attempt = begin(url);
    attempt.abandon('given up');
    expect((await attempt.completion).kind).toBe('answered');
  });
});

describe('An attempt that is aborted', () => {
  const STOPPED_BEFORE: AttemptOutcome = { kind: 'aborted', left: false };

  it('before it began sends nothing', async () => {
    const url = await listen((socket) => socket.write(WHOLE));
    expect(await begin(url, { signal: AbortSignal.abort() }).completion).toEqual(STOPPED_BEFORE);
    expect((await begin(url).completion).kind).toBe('answered');
    expect(requests()).toBe(1);
  });

  it('while it waits for a connection sends nothing, then or later', async () => {
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

  it('after it left says so, and lets the connection go', async () => {
    const url = await listen(() => {});
    const caller = new AbortController();
    const attempt = begin(url, { signal: caller.signal });
    await until(() => requests() === 1);
    caller.abort();
    expect(await attempt.completion).toEqual({ kind: 'aborted', left: true });
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  it('after its answer stays answered, and no longer listens', async () => {
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

describe('An attempt', () => {
  it('is sent once, however often it is dispatched', async () => {
    const url = await listen(() => {});
    const other = new Agent();
    const attempt = begin(url);
    attempt.dispatch(other, options(url));
    // What goes the same way comes after it.
    const next = new RequestAttempt({ timeoutMs: 5_000 });
    next.dispatch(other, options(url));
    await until(() => requests() >= 2);
    for (const socket of sockets) socket.write(WHOLE);
    const ends = await Promise.all([attempt.completion, next.completion]);
    expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'answered']);
    expect(requests()).toBe(2);
    await other.destroy();
  });

  it('leaves no listener and no timer behind', () => {
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const attempt = new RequestAttempt({ timeoutMs: 5_000, signal });
    expect([getEventListeners(signal, 'abort').length, timers() - before]).toEqual([1, 1]);
    attempt.abandon('given up');
    expect([getEventListeners(signal, 'abort').length, timers() - before]).toEqual([0, 0]);
  });

  it('tells that it has ended, once', async () => {
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

  it('stays answered where it is aborted before its answer is told', async () => {
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

  it('has ended at once where it was aborted before it began', () => {
    let ends = 0;
    new RequestAttempt({ timeoutMs: 5_000, signal: AbortSignal.abort() }, () => {
      ends += 1;
    });
    expect(ends).toBe(1);
  });
});
