import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ButtonMessagingMedia,
  type ButtonMessagingModuleOptions,
  MediaTooLargeError,
  ProviderUnavailableError,
  SendAbortedError,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { fileResponse, imageEvent, PHOTO } from '../../support/media.js';
import { reset } from '../../support/responses.js';
import { OpenApps } from '../../support/test-app.js';
import { settled, until } from '../../support/time.js';

const CHUNK = Buffer.alloc(64 * 1_024, 'x');
const LARGE = 64 * 1_024 * 1_024;

describe('Stream of a download', () => {
  const apps = new OpenApps();
  let server: FakeProvider;
  let socket: Socket | undefined;
  let response: ServerResponse | undefined;
  beforeEach(async () => {
    server = await FakeProvider.start();
    socket = undefined;
    response = undefined;
  });
  afterEach(async () => {
    await apps.close();
    await server.close();
  });

  const event = () => imageEvent('zap', { url: `${server.url}/file` });
  async function start(options: ButtonMessagingModuleOptions = {}) {
    const { app, messaging } = await apps.open({
      accounts: [zApiAccount(server.url)],
      retry: { baseDelayMs: 1 },
      ...options,
    });
    return { app, messaging, media: app.get(ButtonMessagingMedia) };
  }

  /** Sends the headers and a first part, and leaves the rest to the test. */
  const begun: FakeResponse = (_request, given, connection) => {
    [socket, response] = [connection, given];
    given.writeHead(200, { 'Content-Type': 'image/png' });
    given.write(PHOTO);
  };
  /** Sends as fast as the client reads, up to `LARGE`. */
  const endless: FakeResponse = (_request, given, connection) => {
    [socket, response] = [connection, given];
    given.writeHead(200);
    let left = LARGE;
    const more = () => {
      for (; left > 0; left -= CHUNK.length) if (!given.write(CHUNK)) break;
      if (left > 0) given.once('drain', more);
    };
    more();
  };
  const isClosed = () => until(() => socket?.destroyed === true);
  const endOf = (stream: Readable) => errorOf(buffer(stream));

  it('reads from the socket only as fast as it is read', async () => {
    server.next(endless);
    const { stream } = await (await start()).media.download(event(), { timeoutMs: 20_000 });
    const sent = await settled(() => socket?.bytesWritten ?? 0, 300);
    expect(sent).toBeGreaterThan(0);
    // What the kernel and the stream buffer is far less than the file.
    expect(sent).toBeLessThan(LARGE / 2);
    stream.destroy();
    await isClosed();
  });

  it('ends with an error after maxBytes, and closes the connection', async () => {
    server.next(endless);
    const { stream } = await (await start()).media.download(event(), { maxBytes: 100_000 });
    const error = await endOf(stream);
    expect(error).toBeInstanceOf(MediaTooLargeError);
    expect(error).toMatchObject({ account: 'zap', outcome: 'not-sent', retryable: false });
    await isClosed();
  });

  it('accepts exactly maxBytes', async () => {
    server.next(fileResponse(PHOTO));
    const { stream } = await (await start()).media.download(event(), { maxBytes: PHOTO.length });
    expect(await buffer(stream)).toEqual(PHOTO);
  });

  it('is not opened if the header announces more than maxBytes, and the connection is closed', async () => {
    server.next((_request, given, connection) => {
      socket = connection;
      given.writeHead(200, { 'Content-Length': `${LARGE}` });
      given.write(CHUNK);
    });
    const { media } = await start();
    expect(await errorOf(media.download(event(), { maxBytes: LARGE - 1 }))).toBeInstanceOf(MediaTooLargeError);
    await isClosed();
    expect(server.requests).toHaveLength(1);
  });

  it('ends with an error if the provider makes no progress', async () => {
    server.next(begun);
    const { stream } = await (await start()).media.download(event(), { timeoutMs: 300 });
    const error = await endOf(stream);
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.message).toBe('The download made no progress for 300 ms');
    await isClosed();
  });

  it('is closed without an unhandled error if it is never read', async () => {
    server.next(endless);
    const { stream } = await (await start({ http: { timeoutMs: 300 } })).media.download(event());
    await until(() => stream.closed);
    expect(stream.errored).toBeInstanceOf(ProviderUnavailableError);
    await isClosed();
    expect(await endOf(stream)).toBe(stream.errored);
  });

  it('frees the file if it arrived as a whole and is never read', async () => {
    server.next(fileResponse(PHOTO));
    const { stream } = await (await start({ http: { timeoutMs: 300 } })).media.download(event());
    await until(() => stream.closed);
    expect(stream.errored).toBeInstanceOf(ProviderUnavailableError);
  });

  it('goes on for longer than the timeout while there is progress', async () => {
    server.next(begun);
    const { stream } = await (await start()).media.download(event(), { timeoutMs: 600 });
    const read = buffer(stream);
    const end = performance.now() + 1_000;
    await until(() => {
      response?.write('.');
      return performance.now() > end;
    });
    response?.end();
    expect((await read).subarray(0, PHOTO.length)).toEqual(PHOTO);
  });

  it('ends with an error if the connection breaks', async () => {
    server.next(begun);
    const { stream } = await (await start()).media.download(event());
    socket?.resetAndDestroy();
    const error = await endOf(stream);
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.message).toMatch(/^The download was interrupted \([\w ]+\)$/);
    expect(server.requests).toHaveLength(1);
  });

  it('ends with an error if the file is shorter than its header says', async () => {
    server.next((_request, given, connection) => {
      given.writeHead(200, { 'Content-Length': '100' });
      given.write(PHOTO, () => connection.end());
    });
    const { stream } = await (await start()).media.download(event());
    expect(await endOf(stream)).toBeInstanceOf(ProviderUnavailableError);
  });

  it('ends when its signal aborts, and closes the connection', async () => {
    server.next(begun);
    const abort = new AbortController();
    const { stream } = await (await start()).media.download(event(), { signal: abort.signal });
    const end = endOf(stream);
    abort.abort();
    const error = await end;
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error).toMatchObject({ outcome: 'not-sent', message: 'The download was aborted' });
    await isClosed();
  });

  it('is not opened if its signal aborts before the headers', async () => {
    const abort = new AbortController();
    server.next((_request, _given, connection) => {
      socket = connection;
      abort.abort();
    });
    const { media } = await start();
    expect(await errorOf(media.download(event(), { signal: abort.signal }))).toBeInstanceOf(SendAbortedError);
    await isClosed();
    expect(await errorOf(media.download(event(), { signal: abort.signal }))).toBeInstanceOf(SendAbortedError);
    expect(server.requests).toHaveLength(1);
  });

  it('is opened again after failures, like a read', async () => {
    server.next(reset, { status: 503 }, fileResponse(PHOTO));
    const { stream } = await (await start()).media.download(event());
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(server.requests).toHaveLength(3);
  });

  it('fails if no headers arrive in time', async () => {
    server.always(() => undefined);
    const { media } = await start({ retry: { attempts: 1 } });
    const error = await errorOf(media.download(event(), { timeoutMs: 200 }));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.message).toBe('z-api did not respond to the request media (no response within 200 ms)');
  });

  it('does not open the circuit of the account if the host of its files fails', async () => {
    const { messaging, media } = await start({ retry: { attempts: 1 }, breaker: { failures: 1 } });
    server.next({ status: 500 }, { status: 429 });
    await errorOf(media.download(event()));
    await errorOf(media.download(event()));
    await messaging.send({ to: phoneOf(1), text: 'Thank you' });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  it('ends with an error if the application closes before it is read', async () => {
    server.next(endless);
    const { app, media } = await start({ http: { closeTimeoutMs: 50 } });
    const { stream } = await media.download(event());
    await app.close();
    await isClosed();
    expect(await endOf(stream)).toBeInstanceOf(ProviderUnavailableError);
    expect(await errorOf(media.download(event()))).toBeInstanceOf(SendAbortedError);
  });

  it('delays the end of the application until it is read', async () => {
    server.next(begun);
    const { app, media } = await start();
    const { stream } = await media.download(event());
    const read = buffer(stream);
    let isDown = false;
    const down = app.close().then(() => {
      isDown = true;
    });
    await setImmediate();
    expect(isDown).toBe(false);
    response?.end('!');
    expect((await read).length).toBe(PHOTO.length + 1);
    await down;
  });

  it('keeps its connection for the next request after a whole file', async () => {
    const sockets = new Set<Socket>();
    const file: FakeResponse = (_request, given, connection) => {
      sockets.add(connection);
      given.end(PHOTO);
    };
    server.next(file, file);
    const { media } = await start({ http: { maxSockets: 1 } });
    for (let count = 0; count < 2; count += 1) await buffer((await media.download(event())).stream);
    expect(sockets.size).toBe(1);
  });
});
