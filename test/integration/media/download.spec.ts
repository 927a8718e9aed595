import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AuthenticationError,
  ButtonMessagingMedia,
  type InboundMedia,
  InvalidMessageError,
  MediaCorruptedError,
  MediaNotFoundError,
  MediaTooLargeError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  UnknownAccountError,
  UnsupportedMessageError,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, oneOfEach, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { fileResponse, imageEvent, PHOTO, sha256 } from '../../support/media.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { InMemoryProvider } from '../custom-provider/in-memory.provider.js';

describe('ButtonMessagingMedia.download', () => {
  let server: FakeProvider;
  let other: FakeProvider;
  let app: TestApp;
  let media: ButtonMessagingMedia;
  beforeAll(async () => {
    server = await FakeProvider.start();
    other = await FakeProvider.start();
    const custom = { provider: new InMemoryProvider(), name: 'own' };
    const remote = [
      zApiAccount('https://api.z-api.io', { name: 'zap-remote' }),
      chatvoltAccount('https://api.chatvolt.ai', { name: 'volt-remote' }),
      cloudAccount('https://graph.facebook.com', { name: 'meta-remote', mediaHosts: ['.files.example.com'] }),
    ];
    app = await openAppWithoutRetries({
      accounts: [...oneOfEach(server.url), ...remote, custom],
      defaultAccount: 'zap',
    });
    media = app.app.get(ButtonMessagingMedia);
  });
  beforeEach(() => {
    server.reset();
    other.reset();
  });
  afterAll(async () => {
    await app.close();
    await server.close();
    await other.close();
  });

  const fileUrl = (path = '/files/photo.png') => `${server.url}${path}`;
  const metadata = (more: object = {}): FakeResponse => ({
    body: {
      messaging_product: 'whatsapp',
      url: fileUrl('/whatsapp_business/attachments/?mid=M1&hash=H'),
      mime_type: 'image/jpeg',
      sha256: sha256(PHOTO),
      file_size: PHOTO.length,
      id: 'M1',
      ...more,
    },
  });
  const download = (account: string, given?: InboundMedia, options = {}) =>
    media.download(imageEvent(account, given), options);
  const requested = () => server.requests.map(({ method, url, headers }) => [method, url, headers.authorization]);

  it('asks the Cloud API for the URL of an ID, and sends the token with both requests', async () => {
    server.next(metadata(), fileResponse(PHOTO));
    const { stream, ...facts } = await download('meta', {
      id: 'M1',
      url: 'https://evil.example/x',
      mimeType: 'image/png',
    });
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(facts).toEqual({ mimeType: 'image/jpeg', size: PHOTO.length });
    expect(requested()).toEqual([
      ['GET', '/v26.0/M1', 'Bearer ACCESS'],
      ['GET', '/whatsapp_business/attachments/?mid=M1&hash=H', 'Bearer ACCESS'],
    ]);
    expect(server.requests[1]?.headers).toMatchObject({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'nestjs-button-messaging',
    });
  });

  it('downloads the URL of a Cloud API event without an ID', async () => {
    server.next(fileResponse(PHOTO));
    const { stream, mimeType } = await download('meta', { url: fileUrl() });
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(mimeType).toBe('image/png');
    expect(requested()).toEqual([['GET', '/files/photo.png', 'Bearer ACCESS']]);
  });

  it('sends no credentials for the files of Z-API', async () => {
    server.next(fileResponse(PHOTO));
    const given = { url: fileUrl(), mimeType: 'image/webp', filename: '..\\secret/../\u202ephoto.webp' };
    const { stream, ...facts } = await download('zap', given);
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(facts).toEqual({ mimeType: 'image/webp', filename: 'photo.webp', size: PHOTO.length });
    expect(requested()).toEqual([['GET', '/files/photo.png', undefined]]);
    expect(server.requests[0]?.headers['client-token']).toBeUndefined();
  });

  it('sends the key of Chatvolt to its API only', async () => {
    server.next(fileResponse(PHOTO));
    const { stream } = await download('volt', { url: fileUrl(), filename: '..' });
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(requested()).toEqual([['GET', '/files/photo.png', 'Bearer APIKEY']]);
  });

  it('accepts a file without a size, and reports what the API knows of it', async () => {
    const chunked: FakeResponse = (_request, response) => {
      response.writeHead(200);
      response.write(PHOTO.subarray(0, 3));
      response.end(PHOTO.subarray(3));
    };
    const base64 = Buffer.from(sha256(PHOTO), 'hex').toString('base64');
    server.next(metadata({ sha256: base64, file_size: `${PHOTO.length}`, mime_type: undefined }), chunked);
    const { stream, ...facts } = await download('meta', { id: 'M1' });
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(facts).toEqual({ size: PHOTO.length });
  });

  it.each<[what: string, account: string, url: string]>([
    ['link-local addresses', 'zap', 'http://169.254.169.254/latest/meta-data/'],
    ['localhost', 'zap', 'http://localhost/x'],
    ['user names', 'zap', 'http://user:password@127.0.0.1/x'],
    ['user names before a known host', 'zap-remote', 'https://user:password@storage.z-api.io/x'],
    ['other ports', 'zap-remote', 'https://storage.z-api.io:8443/x'],
    ['http', 'zap-remote', 'http://storage.z-api.io/x'],
    ['hosts that end like a known one', 'zap-remote', 'https://evil-z-api.io/x'],
    ['hosts that begin like a known one', 'zap-remote', 'https://storage.z-api.io.evil.example/x'],
    ['the host of another provider', 'zap-remote', 'https://lookaside.fbsbx.com/x'],
    ['other hosts', 'volt-remote', 'https://evil.example/x'],
    ['other hosts', 'meta-remote', 'https://evil.example/x'],
    ['a domain whose subdomains are allowed', 'meta-remote', 'https://files.example.com/x'],
    ['loopback addresses', 'meta-remote', 'http://127.0.0.1/x'],
    ['files', 'zap', 'file:///etc/passwd'],
    ['what is not a URL', 'zap', 'photo.png'],
  ])('rejects %s for %s without a request (%s)', async (_what, account, url) => {
    const error = await errorOf(download(account, { url }));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error).toMatchObject({ issues: [{ path: 'event.media.url', rule: 'isMediaUrl' }] });
    expect(error.message).not.toContain(url);
    expect([...server.requests, ...other.requests]).toEqual([]);
  });

  it('rejects another port of a loopback address', async () => {
    const error = await errorOf(download('zap', { url: `${other.url}/x` }));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(other.requests).toEqual([]);
  });

  it('rejects a URL on another host that the Cloud API returns', async () => {
    server.next(metadata({ url: `${other.url}/x?token=SECRET` }));
    const error = await errorOf(download('meta', { id: 'M1' }));
    expect(error).toBeInstanceOf(ProviderRejectedError);
    expect(error.message).toContain('mediaHosts');
    expect(error.message).not.toContain('SECRET');
    expect(other.requests).toEqual([]);
  });

  it.each<[what: string, event: unknown, options: object, path: string]>([
    ['what is not an event', 'photo', {}, 'event'],
    ['an event without an account', { media: { id: 'M1' } }, {}, 'event'],
    ['a message without a file', imageEvent('zap'), {}, 'event.media'],
    ['an ID that is not a text', imageEvent('meta', untyped({ id: 5 })), {}, 'event.media'],
    ['an ID of several segments', imageEvent('meta', { id: '1055/messages' }), {}, 'event.media.id'],
    ['an ID of dots', imageEvent('meta', { id: '..' }), {}, 'event.media.id'],
    ['an ID without a URL at Z-API', imageEvent('zap', { id: 'M1' }), {}, 'event.media.url'],
    ['an ID without a URL at Chatvolt', imageEvent('volt', { id: 'M1' }), {}, 'event.media.url'],
    ['unknown options', imageEvent('meta', { id: 'M1' }), { maxbytes: 5 }, 'options.maxbytes'],
    ['a size of 0', imageEvent('meta', { id: 'M1' }), { maxBytes: 0 }, 'options.maxBytes'],
    ['half a byte', imageEvent('meta', { id: 'M1' }), { maxBytes: 1.5 }, 'options.maxBytes'],
    ['options that are not an object', imageEvent('meta', { id: 'M1' }), untyped(null), 'options'],
  ])('rejects %s', async (_what, event, options, path) => {
    const error = await errorOf(media.download(untyped(event), options));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect((error as InvalidMessageError).issues.map((issue) => issue.path)).toEqual([path]);
    expect(server.requests).toEqual([]);
  });

  it('rejects custom providers, and accounts that do not exist', async () => {
    expect(await errorOf(download('own', { id: 'M1' }))).toBeInstanceOf(UnsupportedMessageError);
    expect(await errorOf(download('nobody', { id: 'M1' }))).toBeInstanceOf(UnknownAccountError);
  });

  it.each<[account: string, status: number, type: new (...given: never[]) => Error]>([
    ['zap', 404, MediaNotFoundError],
    ['zap', 410, MediaNotFoundError],
    ['zap', 401, ProviderRejectedError],
    ['zap', 403, ProviderRejectedError],
    ['zap', 304, ProviderRejectedError],
    ['zap', 302, ProviderRejectedError],
    ['zap', 429, ProviderUnavailableError],
    ['zap', 408, ProviderUnavailableError],
    ['zap', 500, ProviderUnavailableError],
    ['volt', 401, AuthenticationError],
    ['meta', 401, AuthenticationError],
    ['meta', 403, PermissionError],
  ])('converts the response of a host of files: %s %i', async (account, status, type) => {
    const body = `<Error><Resource>${fileUrl('/?token=SECRET')}</Resource></Error>`;
    server.next({ status, headers: { 'Retry-After': '2' }, body });
    const error = await errorOf(download(account, { url: fileUrl('/files/x?token=SECRET') }));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ account, status, outcome: 'not-sent' });
    expect(error.retryAfterMs).toBe(type === ProviderUnavailableError ? 2_000 : undefined);
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('SECRET');
  });

  it.each<[what: string, response: FakeResponse, type: new (...given: never[]) => Error]>([
    ['404', { status: 404, body: { error: { message: 'Gone', code: 1 } } }, MediaNotFoundError],
    ['410', { status: 410, body: '' }, MediaNotFoundError],
    [
      'a missing object',
      { status: 400, body: { error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } } },
      MediaNotFoundError,
    ],
    ['an expired token', { status: 401, body: { error: { message: 'Expired', code: 190 } } }, AuthenticationError],
    ['a rate limit', { status: 400, body: { error: { message: 'Later', code: 130429 } } }, RateLimitedError],
    ['no URL', { body: { id: 'M1' } }, ProviderUnavailableError],
  ])('converts the response of the Cloud API about a file: %s', async (_what, response, type) => {
    server.next(response);
    const error = await errorOf(download('meta', { id: 'M1' }));
    expect(error).toBeInstanceOf(type);
    expect(error.outcome).toBe('not-sent');
    expect(server.requests).toHaveLength(1);
  });

  it('ignores a hash and a size that it cannot read', async () => {
    server.next(metadata({ sha256: 'x', file_size: 'large' }), fileResponse(PHOTO));
    const { stream, size } = await download('meta', { id: 'M1' });
    expect(await buffer(stream)).toEqual(PHOTO);
    expect(size).toBe(PHOTO.length);
  });

  it('ends the stream with an error if the hash differs', async () => {
    server.next(metadata({ sha256: sha256(Buffer.from('another photo')) }), fileResponse(PHOTO));
    const { stream } = await download('meta', { id: 'M1' });
    const error = await errorOf(buffer(stream));
    expect(error).toBeInstanceOf(MediaCorruptedError);
    expect(error).toMatchObject({ account: 'meta', retryable: true, category: 'media' });
  });

  it('rejects a file that the Cloud API reports as too large, without a request for it', async () => {
    server.next(metadata({ file_size: 1_000 }));
    expect(await errorOf(download('meta', { id: 'M1' }, { maxBytes: 999 }))).toBeInstanceOf(MediaTooLargeError);
    expect(server.requests).toHaveLength(1);
  });

  it('rejects a compressed file', async () => {
    server.next(fileResponse(PHOTO, { 'Content-Encoding': 'gzip' }));
    expect(await errorOf(download('zap', { url: fileUrl() }))).toBeInstanceOf(ProviderRejectedError);
  });

  describe('with redirects', () => {
    const redirect = (location: string, status = 302): FakeResponse => ({
      status,
      headers: { Location: location },
      body: '',
    });

    it('follows three on the same host', async () => {
      server.next(redirect('/a', 301), redirect(fileUrl('/b?c=d'), 307), redirect('e', 308), fileResponse(PHOTO));
      const { stream } = await download('volt', { url: fileUrl() });
      expect(await buffer(stream)).toEqual(PHOTO);
      expect(server.requests.map(({ url }) => url)).toEqual(['/files/photo.png', '/a', '/b?c=d', '/e']);
      expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer APIKEY')).toBe(true);
    });

    it('rejects the fourth', async () => {
      server.always(redirect('/again'));
      expect(await errorOf(download('zap', { url: fileUrl() }))).toBeInstanceOf(ProviderRejectedError);
      expect(server.requests).toHaveLength(4);
    });

    it.each<[what: string, target: () => string]>([
      ['another port', () => `${other.url}/x`],
      ['a link-local address', () => 'http://169.254.169.254/'],
      ['another host that is allowed', () => 'https://api.chatvolt.ai/x'],
      ['a user name', () => server.url.replace('//', '//user@')],
      ['what is not a URL', () => 'http://'],
    ])('does not follow one to %s', async (_what, target) => {
      server.next(redirect(target()));
      const error = await errorOf(download('volt', { url: fileUrl() }));
      expect(error).toBeInstanceOf(ProviderRejectedError);
      expect(error.category).toBe('media');
      expect(server.requests).toHaveLength(1);
      expect(other.requests).toEqual([]);
    });
  });
});
