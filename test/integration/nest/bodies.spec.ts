import 'reflect-metadata';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Body, Controller, type INestApplication, Param, Post, RequestMethod, VersioningType } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import bodyParser2 from 'body-parser';
import bodyParser1 from 'body-parser-1';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { RecordingLogger } from '../../support/recording-logger.js';
import { PLATFORMS, type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { get, post } from '../../support/webhook-client.js';
import {
  ACCOUNT_OF,
  type Callback,
  callback,
  PROVIDERS,
  stranger,
  webhookAccounts,
} from '../../support/webhook-requests.js';
import { PRESS_OF } from '../webhooks/fixtures.js';

jest.setTimeout(60_000);

type Middleware = (
  request: IncomingMessage & { body?: unknown; rawBody?: Buffer },
  response: ServerResponse,
  next: () => void,
) => void;

const apps = new WebhookApps();
const servers: Server[] = [];
afterEach(async () => {
  await apps.close();
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

const start = (setup: WebhookAppSetup) => apps.start({ ...setup, options: { webhooks: {}, ...setup.options } });

/** A handwritten parser, as in tutorials. */
const readAll =
  (keepAs: 'body' | 'rawBody' | 'nothing' = 'body'): Middleware =>
  (request, _response, next) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (keepAs !== 'nothing') request[keepAs] = Buffer.concat(chunks);
      next();
    });
  };

const iterate: Middleware = (request, _response, next) => {
  (async () => {
    for await (const _chunk of request);
    next();
  })();
};

const use = (...middlewares: Middleware[]) => ({
  prepare: (app: INestApplication) => void middlewares.map((middleware) => app.use(middleware)),
});

const large = (account: string, body: unknown): Callback =>
  callback(account, JSON.stringify(body) + ' '.repeat(300_000));

/** Expects the webhooks of each provider to be accepted, small and large, and unauthenticated ones to be rejected. */
async function expectWebhooks(url: string, headers: Record<string, string> = {}): Promise<void> {
  const statuses = await Promise.all(
    PROVIDERS.flatMap((provider) => {
      const account = ACCOUNT_OF[provider];
      const requests = [
        callback(account, PRESS_OF[provider]()),
        large(account, PRESS_OF[provider]()),
        callback(account, 'garbage'),
        stranger('garbage'),
      ];
      return requests.map(async (request) => {
        const given = { ...request, headers: { ...request.headers, ...headers } };
        return (await post(`${url}/${provider}/${account}`, given)).status;
      });
    }),
  );
  expect(statuses).toEqual(PROVIDERS.flatMap(() => [200, 200, 400, 401]));
}

describe('Webhook bodies on Express', () => {
  const platform = () => new ExpressAdapter();

  it.each<[name: string, setup: WebhookAppSetup]>([
    ['body-parser 1', use(bodyParser1.json())],
    ['body-parser 2', use(bodyParser2.json())],
    ['express.json()', use(express.json())],
    ['body-parser 1 for any type', use(bodyParser1.json({ type: () => true }))],
    [
      'all parsers of body-parser 1',
      use(bodyParser1.json(), bodyParser1.urlencoded({ extended: true }), bodyParser1.text()),
    ],
    [
      'all parsers of body-parser 2',
      use(bodyParser2.json(), bodyParser2.urlencoded({ extended: true }), bodyParser2.text()),
    ],
    ['a raw parser of body-parser 1', use(bodyParser1.raw({ type: '*/*' }))],
    ['a raw parser of body-parser 2', use(bodyParser2.raw({ type: '*/*' }))],
    ['a handwritten parser', use(readAll())],
    ['a handwritten parser that keeps nothing', use(readAll('nothing'))],
    ['a parser that iterates', use(iterate)],
    ['two parsers in a row', use(readAll(), bodyParser1.json())],
    ['body-parser 1 instead of the parser of Nest', { nest: { bodyParser: false }, ...use(bodyParser1.json()) }],
    ['a handwritten parser instead of the parser of Nest', { nest: { bodyParser: false }, ...use(readAll()) }],
    ['body-parser 1 and raw bodies', { nest: { rawBody: true }, ...use(bodyParser1.json()) }],
    [
      'a body that is marked as read',
      use((request, _response, next) => {
        Object.assign(request, { _body: true });
        next();
      }),
    ],
  ])('are read with %s', async (_name, setup) => {
    const { url } = await start({ platform, ...setup });
    await expectWebhooks(`${url}/webhooks`);
  });

  const instance = (...middlewares: Middleware[]) => {
    const app = express();
    for (const middleware of middlewares) app.use(middleware);
    return () => new ExpressAdapter(app);
  };
  const verify = (request: object, _response: unknown, bytes: Buffer) => {
    Reflect.set(request, 'rawBody', bytes);
  };

  it.each<[name: string, adapter: () => ExpressAdapter]>([
    [
      'body-parser 1 that keeps the bytes',
      instance(bodyParser1.json({ verify, limit: '4mb', type: () => true, strict: false })),
    ],
    ['a raw parser of body-parser 1', instance(bodyParser1.raw({ type: () => true, limit: '4mb' }))],
    ['a raw parser of body-parser 2', instance(bodyParser2.raw({ type: () => true, limit: '4mb' }))],
    ['a text parser', instance(bodyParser2.text({ type: () => true, limit: '4mb' }))],
    ['a handwritten parser', instance(readAll())],
    ['a handwritten parser that keeps raw bodies', instance(readAll('rawBody'))],
  ])('are read behind %s, installed before Nest', async (name, adapter) => {
    const { url } = await start({ platform: adapter });
    if (name.startsWith('body-parser')) {
      for (const provider of PROVIDERS) {
        const request = callback(ACCOUNT_OF[provider], PRESS_OF[provider]());
        expect((await post(`${url}/webhooks/${provider}/${ACCOUNT_OF[provider]}`, request)).status).toBe(200);
      }
    } else {
      await expectWebhooks(`${url}/webhooks`);
    }
  });

  it.each<[name: string, adapter: () => ExpressAdapter]>([
    ['body-parser 1', instance(bodyParser1.json())],
    ['body-parser 2', instance(bodyParser2.json())],
  ])('are read unless signed behind %s, installed before Nest', async (_name, adapter) => {
    const logger = new RecordingLogger();
    const { url } = await start({ platform: adapter, options: { webhooks: {}, logger } });
    const statusOf = async (provider: 'z-api' | 'chatvolt' | 'whatsapp-cloud') => {
      const body = `${JSON.stringify(PRESS_OF[provider]())} `;
      return (await post(`${url}/webhooks/${provider}/${ACCOUNT_OF[provider]}`, callback(ACCOUNT_OF[provider], body)))
        .status;
    };
    expect(await Promise.all(PROVIDERS.map(statusOf))).toEqual([200, 200, 401]);
    expect(await statusOf('whatsapp-cloud')).toBe(401);
    expect(logger.lines).toEqual([
      expect.stringMatching(/account w \(whatsapp-cloud\).*another body parser.*docs\/webhooks\.md/),
    ]);
  });

  it('are read when compressed, whichever parser decompresses them', async () => {
    const { headers, ...request } = callback('z', PRESS_OF['z-api']());
    const zipped = {
      ...request,
      headers: { ...headers, 'content-encoding': 'gzip' },
      rawBody: gzipSync(request.rawBody),
    };
    for (const adapter of [
      platform,
      instance(bodyParser1.raw({ type: () => true })),
      instance(bodyParser1.json({ verify })),
    ]) {
      const { url } = await start({ platform: adapter });
      expect((await post(`${url}/webhooks/z-api/z`, zipped)).status).toBe(200);
    }
  });

  const rewrite: Middleware = (request, _response, next) => {
    request.url = (request.url ?? '').replace(/^\/gateway\/in/, '/webhooks');
    next();
  };

  it.each<[name: string, setup: WebhookAppSetup]>([
    ['by a middleware', use(rewrite)],
    [
      'by a middleware before the parser of Nest',
      {
        prepare: (app) => {
          app.use(rewrite);
          (app as NestExpressApplication).useBodyParser('json', { limit: '10mb' });
        },
      },
    ],
    ['by a middleware without a parser', { nest: { bodyParser: false }, ...use(rewrite) }],
  ])('are read at a URL that is rewritten %s', async (_name, setup) => {
    const { url } = await start({ platform, ...setup });
    await expectWebhooks(`${url}/gateway/in`);
  });

  it('are read in an application that is mounted in another', async () => {
    const inner = express();
    const { app } = await apps.start({ platform: () => new ExpressAdapter(inner), options: { webhooks: {} } });
    const outer = express();
    outer.use('/bots/whatsapp', app.getHttpAdapter().getInstance());
    const server = createServer(outer).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((listening) => server.once('listening', listening));
    await expectWebhooks(`http://127.0.0.1:${(server.address() as AddressInfo).port}/bots/whatsapp/webhooks`);
  });

  const set =
    (...settings: string[]) =>
    () => {
      const app = express();
      for (const setting of settings) app.enable(setting);
      return new ExpressAdapter(app);
    };

  it.each<[path: string, adapter: () => ExpressAdapter, status: number]>([
    ['WEBHOOKS/z-api/z', set(), 200],
    ['Webhooks/Z-API/z', set(), 200],
    ['webhooks/z-api/z/', set(), 200],
    ['webhooks/z-api/%7a', set(), 200],
    ['webhooks/z-api/Z', set(), 401],
    ['WEBHOOKS/z-api/z', set('case sensitive routing'), 404],
    ['webhooks/z-api/z/', set('strict routing'), 404],
    ['%77ebhooks/z-api/z', set(), 404],
    ['webhooks//z-api/z', set(), 404],
    ['x/webhooks/z-api/z', set(), 404],
  ])('are read at %s if the Express router matches it', async (path, adapter, status) => {
    const { url } = await start({ platform: adapter });
    expect((await post(`${url}/${path}`, callback('z', PRESS_OF['z-api']()))).status).toBe(status);
    // On other paths, the application's own parser runs first.
    const statusOfLarge = status === 404 ? 413 : status;
    expect((await post(`${url}/${path}`, large('z', PRESS_OF['z-api']()))).status).toBe(statusOfLarge);
  });
});

describe('Webhook bodies on Fastify', () => {
  type Instance = FastifyInstance;
  const prepared =
    (prepare: (instance: Instance) => void, options = {}) =>
    () => {
      const adapter = new FastifyAdapter(options);
      prepare(adapter.getInstance<Instance>());
      return adapter;
    };
  const later = (prepare: (instance: Instance) => void): WebhookAppSetup => ({
    prepare: (app) => prepare(app.getHttpAdapter().getInstance() as Instance),
  });
  const platform = () => new FastifyAdapter();
  const consume = (instance: Instance) =>
    instance.addHook('preParsing', async (_request, _reply, payload) => {
      for await (const _chunk of payload);
    });

  it.each<[name: string, setup: WebhookAppSetup]>([
    ['a plugin that reads the stream first', { platform: prepared(consume) }],
    ['a plugin that reads the stream, added late', { platform, ...later(consume) }],
    [
      'a plugin that returns the stream',
      {
        platform: prepared((instance) => instance.addHook('preParsing', async (_request, _reply, payload) => payload)),
      },
    ],
    [
      'hooks of all kinds',
      {
        platform: prepared((instance) => {
          for (const hook of ['onRequest', 'preValidation', 'preHandler'] as const)
            instance.addHook(hook, async () => {});
        }),
      },
    ],
    [
      'a parser of any type, as a buffer',
      {
        platform,
        ...later((instance) =>
          instance.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body)),
        ),
      },
    ],
    [
      'all parsers removed',
      {
        platform,
        ...later((instance) => {
          instance.removeAllContentTypeParsers();
        }),
      },
    ],
    ['a small body limit', { platform: () => new FastifyAdapter({ bodyLimit: 100 }) }],
    [
      'a parser added by Nest',
      {
        platform,
        prepare: (app) => (app as never as { useBodyParser(type: string): void }).useBodyParser('text/plain'),
      },
    ],
  ])('are read with %s', async (_name, setup) => {
    const { url } = await start(setup);
    await expectWebhooks(`${url}/webhooks`);
    for (const type of ['', 'nonsense', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
      await expectWebhooks(`${url}/webhooks`, { 'content-type': type });
    }
  });

  it('are read behind a hook that keeps the bytes', async () => {
    const adapter = prepared((instance) =>
      instance.addHook('onRequest', async (request) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request.raw) chunks.push(chunk);
        Object.assign(request, { rawBody: Buffer.concat(chunks) });
        for (const name of ['content-type', 'content-length']) delete request.raw.headers[name];
      }),
    );
    const { url } = await start({ platform: adapter });
    await expectWebhooks(`${url}/webhooks`);
  });

  it.each<[path: string, options: object, status: number]>([
    ['WEBHOOKS/z-api/z', {}, 404],
    ['WEBHOOKS/Z-API/z', { routerOptions: { caseSensitive: false } }, 200],
    ['webhooks/z-api/z/', {}, 404],
    ['webhooks/z-api/z/', { routerOptions: { ignoreTrailingSlash: true } }, 200],
    ['webhooks//z-api///z', { routerOptions: { ignoreDuplicateSlashes: true } }, 200],
    ['%77ebhooks/z-api/%7a', {}, 200],
    ['webhooks;a=1/z-api/z', {}, 404],
    [
      'gateway/in/z-api/z',
      { rewriteUrl: ({ url = '' }: IncomingMessage) => url.replace('/gateway/in', '/webhooks') },
      200,
    ],
  ])('are read at %s if the Fastify router matches it with %j', async (path, options, status) => {
    const { url } = await start({ platform: () => new FastifyAdapter(options) });
    for (const request of [callback('z', PRESS_OF['z-api']()), large('z', PRESS_OF['z-api']())]) {
      expect((await post(`${url}/${path}`, request)).status).toBe(status);
    }
  });
});

describe.each(PLATFORMS)('Webhook endpoint on %s', (_platform, platform) => {
  const excluded = [{ path: 'webhooks/:provider/:account', method: RequestMethod.ALL }];
  it.each<[name: string, base: string, setup: WebhookAppSetup]>([
    ['under a global prefix', 'api/v1/webhooks', { prepare: (app) => app.setGlobalPrefix('/api/v1/') }],
    ['outside a global prefix', 'webhooks', { prepare: (app) => app.setGlobalPrefix('api', { exclude: excluded }) }],
    ['with versions in the URL', 'webhooks', { prepare: (app) => app.enableVersioning({ type: VersioningType.URI }) }],
    [
      'with versions in a header',
      'webhooks',
      { prepare: (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }) },
    ],
    [
      'with versions in the media type',
      'webhooks',
      { prepare: (app) => app.enableVersioning({ type: VersioningType.MEDIA_TYPE, key: 'v=' }) },
    ],
    ['at a path with dots', 'v1.0/my.hooks', { options: { webhooks: { path: 'v1.0/my.hooks' } } }],
    ['at an empty path', '.', { options: { webhooks: { path: '' } } }],
  ])('reads webhooks %s', async (_name, base, setup) => {
    const { url } = await start({ platform, ...setup });
    await expectWebhooks(`${url}/${base}`, { 'x-version': '7' });
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': 'w-verify' };
    expect((await get(`${url}/${base}/whatsapp-cloud/w`, query)).text).toBe('42');
  });

  @Controller()
  class OwnController {
    @Post('admin/webhooks/z-api/:account')
    deep(@Body() body: unknown, @Param('account') account: string) {
      return { body, account };
    }

    @Post('hooks/z-api/test/replay')
    beside(@Body() body: unknown) {
      return { body };
    }
  }

  it("leaves similar paths to the application's own routes", async () => {
    const { url } = await start({ platform, controllers: [OwnController] });
    const answer = await post(`${url}/admin/webhooks/z-api/nobody`, stranger({ a: 1 }));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([201, { body: { a: 1 }, account: 'nobody' }]);
    expect((await post(`${url}/hooks/z-api/test/replay`, stranger({ a: 1 }))).status).toBe(201);
    await expectWebhooks(`${url}/webhooks`);
  });

  it.each(['webhooks/z-api/%', 'webhooks/z-api/%zz', 'webhooks/z-api/%c3%28', 'webhooks/z-api/%ff'])(
    'responds to the malformed path %s with a client error',
    async (path) => {
      const logger = new RecordingLogger();
      const { url } = await start({ platform, options: { webhooks: {}, logger } });
      const request = { ...callback('z', PRESS_OF['z-api']()) };
      expect([400, 401, 404]).toContain((await post(`${url}/${path}`, request)).status);
    },
  );

  it('keeps the connection open for the next request', async () => {
    const { url } = await start({ platform, options: { webhooks: {}, accounts: webhookAccounts() } });
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    let answers = '';
    socket.on('data', (chunk) => {
      answers += chunk.toString('latin1');
    });
    const rawOf = ({ headers, rawBody }: Callback, path: string, more = '') =>
      [
        `POST ${path} HTTP/1.1`,
        `Host: ${hostname}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `Content-Length: ${rawBody.length}`,
        more,
        rawBody.toString('latin1'),
      ].join('\r\n');
    const requests = [
      rawOf(large('z', PRESS_OF['z-api']('one')), '/webhooks/z-api/z'),
      rawOf(stranger('{}'), '/webhooks/z-api/z'),
      rawOf(callback('c', PRESS_OF.chatvolt('two')), '/webhooks/chatvolt/c'),
      rawOf(callback('z', 'garbage'), '/webhooks/z-api/z', 'Connection: close\r\n'),
    ];
    socket.write(requests.join(''), 'latin1');
    await new Promise((closed) => socket.once('close', closed));
    expect(answers.match(/^HTTP\/1\.1 (\d+)/gm)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 401',
      'HTTP/1.1 200',
      'HTTP/1.1 400',
    ]);
  });
});
