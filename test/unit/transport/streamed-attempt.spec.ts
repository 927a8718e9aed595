import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent } from 'undici';
import { AbortListeners } from '../../../lib/async/abort-listeners.js';
import { RequestAttempt } from '../../../lib/transport/request-attempt.js';
import { ResponseStream, type StreamOptions } from '../../../lib/transport/response-stream.js';
import { StreamedAttempt, type StreamedOutcome } from '../../../lib/transport/streamed-attempt.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { until } from '../../support/time.js';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n';

let agent: Agent;
let server: TcpServer | undefined;
let sockets: Socket[];
beforeEach(() => {
  agent = new Agent({ connections: 1, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  sockets = [];
});
afterEach(async () => {
  await agent.destroy();
  await server?.close();
  server = undefined;
});

/** Sends a request to a server that responds with this text. */
async function opened(reply: string, given: Partial<StreamOptions> = {}): Promise<StreamedOutcome> {
  server = await TcpServer.start((socket) => {
    sockets.push(socket);
    socket.on('data', () => socket.write(reply));
  });
  return open(server.url, given);
}

function open(origin: string, given: Partial<StreamOptions>): Promise<StreamedOutcome> {
  const options: StreamOptions = {
    idleMs: 5_000,
    check: () => ({ add: () => undefined, end: () => undefined }),
    interrupted: (by) => new Error(JSON.stringify(by)),
    ...given,
  };
  const opening = new RequestAttempt({ timeoutMs: 5_000 });
  const aborts = new AbortListeners();
  const attempt = new StreamedAttempt(opening, (controller) => new ResponseStream(controller, options, aborts));
  opening.dispatch(agent, { origin, path: '/', method: 'GET' }, attempt);
  return attempt.completion;
}

function bodyOf(end: StreamedOutcome): ResponseStream {
  if (end.kind !== 'streamed') throw new Error(`It ended as ${end.kind}.`);
  return end.body;
}
const isClosed = () => until(() => sockets.every((socket) => socket.destroyed));

describe('StreamedAttempt', () => {
  it.each([200, 299])('streams the body of %i', async (status) => {
    const end = await opened(`HTTP/1.1 ${status} Fine\r\nContent-Length: 4\r\nX-A: b\r\n\r\nbody`);
    expect(end).toMatchObject({ kind: 'streamed', headers: { 'x-a': 'b' } });
    expect((await buffer(bodyOf(end))).toString()).toBe('body');
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false]);
  });

  it.each([300, 404, 500])('returns a response of %i as a whole', async (status) => {
    const end = await opened(`HTTP/1.1 ${status} Not fine\r\nContent-Length: 4\r\n\r\nbody`);
    expect(end).toMatchObject({ kind: 'answered', answer: { status, bytes: Buffer.from('body') } });
  });

  it('streams after an informational response', async () => {
    const end = await opened(`HTTP/1.1 103 Early Hints\r\n\r\n${HEAD}body`);
    expect((await buffer(bodyOf(end))).toString()).toBe('body');
  });

  it('ends as not-sent without a connection', async () => {
    expect(await open(`http://${await closedPort()}`, {})).toEqual({ kind: 'not-sent', reason: 'ECONNREFUSED' });
  });
});

describe('ResponseStream', () => {
  it('ends with the error of its check of a part, and closes the connection', async () => {
    const error = new Error('too large');
    const end = await opened(`${HEAD}body`, { check: () => ({ add: () => error, end: () => undefined }) });
    await expect(buffer(bodyOf(end))).rejects.toBe(error);
    await isClosed();
  });

  it('ends with the error of its check of the whole, and keeps the connection', async () => {
    const error = new Error('damaged');
    const end = await opened(`${HEAD}body`, { check: () => ({ add: () => undefined, end: () => error }) });
    await expect(buffer(bodyOf(end))).rejects.toBe(error);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false]);
  });

  it('pauses and goes on', async () => {
    const size = 4 * 1_024 * 1_024;
    const end = await opened(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`);
    const body = bodyOf(end);
    await until(() => body.readableLength >= body.readableHighWaterMark);
    expect(body.readableLength).toBeLessThan(size);
    expect((await buffer(body)).length).toBe(size);
  });

  it('ends without progress in time, without a listener', async () => {
    const body = bodyOf(await opened(`${HEAD}bo`, { idleMs: 100 }));
    await until(() => body.closed);
    expect(body.errored?.message).toBe('{"kind":"idle"}');
    await isClosed();
  });

  it('ends with the code of a broken connection', async () => {
    const body = bodyOf(await opened(`${HEAD}bo`));
    sockets[0]?.resetAndDestroy();
    await expect(buffer(body)).rejects.toThrow('{"kind":"broken","reason":"ECONNRESET"}');
  });

  it('ends with its signal, and stops listening to it', async () => {
    const abort = new AbortController();
    const body = bodyOf(await opened(`${HEAD}bo`, { signal: abort.signal }));
    abort.abort();
    await expect(buffer(body)).rejects.toThrow('{"kind":"aborted"}');
    await isClosed();
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('stops listening to its signal after its end', async () => {
    const { signal } = new AbortController();
    const body = bodyOf(await opened(`${HEAD}body`, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await buffer(body);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('closes the connection if it is destroyed', async () => {
    bodyOf(await opened(`${HEAD}bo`)).destroy();
    await isClosed();
  });
});
