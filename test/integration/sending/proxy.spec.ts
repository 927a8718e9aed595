import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ButtonMessagingModule, ProviderUnavailableError, ZApiService } from '../../../lib/index.js';
import { FakeProvider } from '../../support/fake-provider.js';

/** Starts a tunneling proxy that records its targets. */
async function startProxy(tunnelled: string[]): Promise<Server> {
  const proxy = createServer();
  proxy.on('connect', (request, client, head) => {
    tunnelled.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on('error', () => socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

describe('http.proxy', () => {
  const tunnelled: string[] = [];
  let provider: FakeProvider;
  let proxy: Server;

  beforeEach(async () => {
    tunnelled.length = 0;
    provider = await FakeProvider.start();
    proxy = await startProxy(tunnelled);
  });

  afterEach(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await provider.close();
  });

  async function send(proxyUrl: string | undefined, baseUrl = provider.url) {
    const account = { provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl } as const;
    const http = proxyUrl === undefined ? {} : { proxy: proxyUrl };
    const options = { accounts: [account], http, retry: { attempts: 1 }, logger: false };
    const app = await Test.createTestingModule({ imports: [ButtonMessagingModule.forRoot(options)] }).compile();
    try {
      return await app.get(ZApiService, { strict: false }).sendText({ phone: '5511999999999', message: 'Hello' });
    } finally {
      await app.close();
    }
  }

  it('sends through the proxy', async () => {
    expect(await send(urlOf(proxy))).toMatchObject({ messageId: 'MESSAGE1' });
    expect(tunnelled).toEqual([provider.url.replace('http://', '')]);
    expect(provider.requests).toHaveLength(1);
  });

  it.each(['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])(
    'ignores the variable %s for loopback hosts and follows it for others',
    async (variable) => {
      process.env[variable] = urlOf(proxy);
      try {
        for (const host of ['127.0.0.1', 'localhost']) await send(undefined, provider.url.replace('127.0.0.1', host));
        expect(provider.requests).toHaveLength(2);
        // These hosts may refuse the connection, but the proxy must not be used.
        for (const host of ['127.0.0.2', '127.255.0.1', '127.1', '[::1]']) {
          await send(undefined, provider.url.replace('127.0.0.1', host)).catch(() => undefined);
        }
        expect(tunnelled).toEqual([]);
        proxy.removeAllListeners('connect');
        proxy.on('connect', (request, client) => {
          tunnelled.push(request.url ?? '');
          client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        });
        await send(undefined, 'https://provider.invalid').catch(() => undefined);
        expect(tunnelled).toEqual(['provider.invalid:443']);
      } finally {
        delete process.env[variable];
      }
    },
  );

  it('leaves the message unsent when the proxy rejects the connection', async () => {
    proxy.removeAllListeners('connect');
    proxy.on('connect', (_request, client) => client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    const error = await send(urlOf(proxy)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent' });
    expect(provider.requests).toHaveLength(0);
  });
});
