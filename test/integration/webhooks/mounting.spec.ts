import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  Post,
  type RawBodyRequest,
  Req,
  SetMetadata,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS, type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { get, post, postOrRefused } from '../../support/webhook-client.js';
import { ACCOUNT_OF, callback, PROVIDERS, stranger, webhookAccounts } from '../../support/webhook-requests.js';
import { meta, metaText, PRESS_OF } from './fixtures.js';

@Controller()
class OrdersController {
  @Post('orders')
  order(@Body() body: unknown) {
    return { parsed: body };
  }

  @Post('webhooks/orders')
  underTheSamePath(@Body() body: unknown) {
    return { parsed: body };
  }

  @Post('webhooks/stripe/main/events')
  deepUnderTheSamePath(@Body() body: unknown) {
    return { parsed: body };
  }

  @Post('webhooks-of-others/z-api/z')
  besideThePath(@Body() body: unknown) {
    return { parsed: body };
  }

  @Post('raw')
  raw(@Req() request: RawBodyRequest<unknown>) {
    return { raw: request.rawBody?.toString() };
  }
}

const OWN_ROUTES = ['orders', 'webhooks/orders', 'webhooks/stripe/main/events', 'webhooks-of-others/z-api/z'];
const ORDER = { item: 'coffee', count: 2 };

@Injectable()
class OnlyPublicRoutes implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride<boolean>('public', [context.getHandler(), context.getClass()]) ?? false;
  }
}

type Parsers = INestApplication & { useBodyParser(type: string, ...options: unknown[]): void };

const isFastify = (app: INestApplication) => app.getHttpAdapter().getType() === 'fastify';
// Nest 11 on Fastify does not parse the bytes if no parser is given.
const parseJson = (_request: unknown, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
  try {
    done(null, JSON.parse(body.toString('utf8')));
  } catch {
    done(Object.assign(new BadRequestException(), { statusCode: 400 }));
  }
};

const raiseLimit = (app: INestApplication) => {
  if (isFastify(app)) (app as Parsers).useBodyParser('application/json', { bodyLimit: 10_000_000 }, parseJson);
  else (app as Parsers).useBodyParser('json', { limit: '10mb' });
};

describe.each(PLATFORMS)('Webhook mounting on %s', (_platform, platform) => {
  const apps = new WebhookApps();
  afterEach(() => apps.close());
  const start = (setup: WebhookAppSetup) =>
    apps.start({ platform, ...setup, options: { webhooks: {}, ...setup.options } });

  /** Expects the endpoints of all providers to work at `url`, on bytes that no parser has touched. */
  async function expectEndpoints(url: string): Promise<void> {
    const statuses = await Promise.all(
      PROVIDERS.flatMap((provider) => {
        const account = ACCOUNT_OF[provider];
        const address = `${url}/${provider}/${account}`;
        return [
          callback(account, PRESS_OF[provider]()),
          callback(account, 'garbage'),
          stranger('garbage'),
          callback(account, `${JSON.stringify(PRESS_OF[provider]())}${' '.repeat(2_500_000)}`),
        ].map(async (request) => (await post(address, request)).status);
      }),
    );
    expect(statuses).toEqual(PROVIDERS.flatMap(() => [200, 400, 401, 200]));
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': 'w-verify' };
    expect(await get(`${url}/whatsapp-cloud/w`, query)).toMatchObject({ status: 200, text: '42' });
  }

  it.each(REGISTRATIONS)('mounts the endpoints at webhooks.path with %s', async (_name, register) => {
    const { url } = await start({ register, options: { webhooks: { path: 'hooks' } } });
    await expectEndpoints(`${url}/hooks`);
    expect((await get(`${url}/webhooks/whatsapp-cloud/w`)).status).toBe(404);
  });

  const SETUPS: [name: string, base: string, setup: WebhookAppSetup][] = [
    ['at the default path', 'webhooks', {}],
    ['at a path of several parts', 'in/whatsapp', { options: { webhooks: { path: 'in/whatsapp' } } }],
    ['at a path with surrounding slashes', 'in', { options: { webhooks: { path: '/in/' } } }],
    ['under a global prefix', 'api/webhooks', { prepare: (app) => app.setGlobalPrefix('api') }],
    ['under a global prefix of several parts', 'api/v2/webhooks', { prepare: (app) => app.setGlobalPrefix('api/v2') }],
    ['with URI versioning', 'webhooks', { prepare: (app) => app.enableVersioning({ type: VersioningType.URI }) }],
    ['if the application keeps raw bodies', 'webhooks', { nest: { rawBody: true } }],
    ['if the application has no parser', 'webhooks', { nest: { bodyParser: false } }],
    ['if the application has raised its limit', 'webhooks', { prepare: raiseLimit }],
    [
      'behind a strict global pipe',
      'webhooks',
      {
        prepare: (app) =>
          app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true })),
      },
    ],
    [
      'behind a global guard that allows public routes',
      'webhooks',
      {
        providers: [{ provide: APP_GUARD, useClass: OnlyPublicRoutes }],
        options: { webhooks: { decorators: [SetMetadata('public', true) as ClassDecorator] } },
      },
    ],
  ];

  it.each(SETUPS)('mounts the endpoints %s', async (_name, base, setup) => {
    const { url } = await start(setup);
    await expectEndpoints(`${url}/${base}`);
  });

  it('mounts no endpoints outside the global prefix', async () => {
    const { url } = await start({ prepare: (app) => app.setGlobalPrefix('api') });
    expect((await post(`${url}/webhooks/z-api/z`, callback('z', PRESS_OF['z-api']()))).status).toBe(404);
  });

  it('mounts the endpoints at one path with a default URI version', async () => {
    const { url } = await start({
      prepare: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    });
    const { status } = await post(`${url}/webhooks/z-api/z`, callback('z', PRESS_OF['z-api']()));
    await expectEndpoints(`${url}${status === 404 ? '/v1' : ''}/webhooks`);
  });

  it.each([
    ['if webhooks is false', { webhooks: false as const }],
    ['if webhooks is not set', { webhooks: undefined as never }],
  ])('mounts no endpoints but keeps handle() working %s', async (_name, options) => {
    const app = await apps.start({ platform, options });
    for (const provider of PROVIDERS) {
      const account = ACCOUNT_OF[provider];
      const request = callback(account, PRESS_OF[provider]());
      expect((await post(`${app.url}/webhooks/${provider}/${account}`, request)).status).toBe(404);
      expect(await app.handle(provider, account, request)).toMatchObject({ status: 200 });
      expect(await app.taken()).toHaveLength(1);
      expect(await app.handle(provider, account, stranger('{}'))).toMatchObject({ status: 401 });
      expect(await app.handle(provider, account, callback(account, 'garbage'))).toMatchObject({ status: 400 });
      expect(await app.handle(provider, 'nobody', request)).toMatchObject({ status: 401 });
    }
  });

  it('responds to a verification request by handle()', async () => {
    const app = await apps.start({ platform });
    const ask = (token: string) => {
      const query = { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': token };
      return app.handle('whatsapp-cloud', 'w', { ...stranger(''), method: 'GET', query });
    };
    expect(await ask('w-verify')).toEqual({ status: 200, body: '42' });
    expect(await ask('wrong')).toMatchObject({ status: 403 });
  });

  it('mounts two applications in one process at their own paths', async () => {
    const only = (name: string) => webhookAccounts().filter((account) => account.name === name);
    const one = await start({ options: { accounts: [...only('z'), ...only('w')], webhooks: { path: 'one' } } });
    const two = await start({ options: { accounts: [...only('z2'), ...only('w2')], webhooks: { path: 'two' } } });
    const statusOf = async (base: string, account: string) =>
      (await post(`${base}/whatsapp-cloud/${account}`, callback(account, meta([metaText('hi')])))).status;
    expect(await statusOf(`${one.url}/one`, 'w')).toBe(200);
    expect(await statusOf(`${two.url}/two`, 'w2')).toBe(200);
    expect(await statusOf(`${one.url}/one`, 'w2')).toBe(401);
    expect(await statusOf(`${two.url}/two`, 'w')).toBe(401);
    expect(await statusOf(`${one.url}/two`, 'w')).toBe(404);
    expect(await statusOf(`${two.url}/one`, 'w2')).toBe(404);
    expect(await one.taken('z')).toMatchObject([{ account: 'w' }]);
    expect(await two.taken('z2')).toMatchObject([{ account: 'w2' }]);
  });

  it.each([
    ['by default', {}],
    ['with raw bodies', { nest: { rawBody: true } }],
    ['with a raised limit', { prepare: raiseLimit }],
  ] as [string, WebhookAppSetup][])(
    "does not change how the application's own routes parse %s",
    async (_name, setup) => {
      const { url } = await start({ controllers: [OrdersController], ...setup });
      for (const route of OWN_ROUTES) {
        const answer = await post(`${url}/${route}`, stranger(ORDER));
        expect([route, answer.status, answer.text]).toEqual([route, 201, JSON.stringify({ parsed: ORDER })]);
      }
      expect((await post(`${url}/orders`, stranger('{"broken'))).status).toBe(400);
      expect((await post(`${url}/nowhere`, stranger(ORDER))).status).toBe(404);
      await expectEndpoints(`${url}/webhooks`);
    },
  );

  it("keeps the raw bodies and the limit of the application's own routes", async () => {
    const { url } = await start({ controllers: [OrdersController], nest: { rawBody: true } });
    const answer = await post(`${url}/raw`, stranger('{ "a" : 1 }'));
    expect(JSON.parse(answer.text)).toEqual({ raw: '{ "a" : 1 }' });
    const large = stranger({ text: 'x'.repeat(2_000_000) });
    expect([413, 'refused']).toContain(await postOrRefused(`${url}/webhooks/orders`, large));
  });
});

/** Creates an adapter whose own parser reads every body before Nest and keeps or drops the bytes. */
function readBefore(keep: boolean): ExpressAdapter {
  const adapter = new ExpressAdapter();
  adapter.use((request: IncomingMessage & { rawBody?: Buffer }, _response: ServerResponse, next: () => void) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      if (keep) request.rawBody = Buffer.concat(chunks);
      next();
    });
  });
  return adapter;
}

describe('Webhook endpoint behind an earlier parser', () => {
  const apps = new WebhookApps();
  afterEach(apps.close);

  it.each([
    ['401 if the parser drops the bytes', false, 401],
    ['200 if the parser keeps the bytes', true, 200],
  ] as const)('responds %s', async (_name, keep, status) => {
    const { url } = await apps.start({ platform: () => readBefore(keep), options: { webhooks: {} } });
    const answer = await post(`${url}/webhooks/whatsapp-cloud/w`, callback('w', meta([metaText('hi')])));
    expect(answer.status).toBe(status);
  });
});
