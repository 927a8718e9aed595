import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ButtonMessagingMedia,
  ConfigurationError,
  type KnownAccountOptions,
  ProviderUnavailableError,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { imageEvent } from '../../support/media.js';
import { portOf } from '../../support/port-of.js';
import { OpenApps } from '../../support/test-app.js';

const HOSTS = ['.cdn.example.com', 'Files.Example.com'];

describe('Hosts of files', () => {
  const apps = new OpenApps();
  let asked: string[];
  let proxy: Server;
  /** A proxy that records the hosts and connects to none of them. */
  beforeEach(async () => {
    asked = [];
    proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterEach(async () => {
    await apps.close();
    proxy.close();
  });

  const accounts: KnownAccountOptions[] = [
    zApiAccount('https://api.z-api.io', { mediaHosts: HOSTS }),
    chatvoltAccount('https://gate.example.com:8443/volt', { mediaHosts: HOSTS }),
    cloudAccount('https://graph.facebook.com', { mediaHosts: HOSTS }),
  ];

  it.each([
    ['zap', 'https://f004.backblazeb2.com/file/temp-file-download/instances/1/2.jpeg', 'f004.backblazeb2.com:443'],
    ['zap', 'https://storage.z-api.io/instances/1/2.jpeg', 'storage.z-api.io:443'],
    ['zap', 'https://API.Z-API.IO/2.jpeg', 'api.z-api.io:443'],
    ['zap', 'https://files.example.com/2.jpeg', 'files.example.com:443'],
    ['zap', 'https://a.b.cdn.example.com/2.jpeg', 'a.b.cdn.example.com:443'],
    ['volt', 'https://s3.chatvolt.ai/2.jpeg', 's3.chatvolt.ai:443'],
    ['volt', 'https://chatvolt.s3.amazonaws.com/2.jpeg', 'chatvolt.s3.amazonaws.com:443'],
    ['volt', 'https://gate.example.com:8443/files/2.jpeg', 'gate.example.com:8443'],
    ['meta', 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', 'lookaside.fbsbx.com:443'],
    ['meta', 'https://graph.facebook.com/v26.0/1', 'graph.facebook.com:443'],
    ['meta', 'https://files.example.com/2.jpeg', 'files.example.com:443'],
  ])('%s may download %s, through the proxy', async (account, url, host) => {
    const options = { http: { proxy: `http://127.0.0.1:${portOf(proxy)}` }, retry: { attempts: 1 } };
    const { app } = await apps.open({ accounts, ...options });
    const error = await errorOf(app.get(ButtonMessagingMedia).download(imageEvent(account, { url })));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(asked).toEqual([host]);
  });

  it.each([
    ['a text', 'files.example.com'],
    ['a number', [5]],
    ['a URL', ['https://files.example.com']],
    ['a port', ['files.example.com:443']],
    ['a path', ['files.example.com/x']],
    ['a wildcard', ['*.example.com']],
    ['a top-level domain', ['.com']],
    ['one label', ['localhost']],
    ['an IP address', ['169.254.169.254']],
    ['an IPv6 address', ['[::1]']],
    ['other letters', ['fïles.example.com']],
    ['two dots', ['files..example.com']],
    ['an empty name', ['']],
    ['a long name', [`${'a.'.repeat(130)}com`]],
  ])('mediaHosts rejects %s at startup', async (_what, mediaHosts) => {
    const account = zApiAccount('https://api.z-api.io', { mediaHosts: untyped(mediaHosts) });
    const error = await errorOf(apps.open({ accounts: [account] }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ issues: [{ path: 'accounts[0].mediaHosts', rule: 'isHostNames' }] });
  });
});
