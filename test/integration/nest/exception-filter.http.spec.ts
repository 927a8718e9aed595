import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Head,
  type INestApplication,
  type MiddlewareConsumer,
  Module,
  type Provider,
  Res,
  UseFilters,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingExceptionFilter,
  ButtonMessagingModule,
  InvalidMessageError,
  RateLimitedError,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { PLATFORMS } from '../../support/webhook-app.js';

const limited = () => new RateLimitedError('private words', { retryAfterMs: 7_000 });

interface Streaming {
  raw?: Streaming;
  writeHead(status: number): void;
  write(text: string): void;
}

@Controller('thrown')
class ThrowingController {
  @Get('limited')
  limited() {
    throw limited();
  }

  @Get('invalid')
  invalid() {
    throw new InvalidMessageError([{ path: 'to', rule: 'isRecipient', message: 'to must be a number' }]);
  }

  @Head('head')
  head() {
    throw limited();
  }

  @Get('begun')
  begun(@Res() response: Streaming) {
    const raw = response.raw ?? response;
    raw.writeHead(200);
    raw.write('begun');
    throw limited();
  }

  @Get('other')
  other() {
    throw new TypeError('a fault of the application');
  }
}

@UseFilters(ButtonMessagingExceptionFilter)
@Controller('thrown')
class ByClassController extends ThrowingController {}

@UseFilters(new ButtonMessagingExceptionFilter())
@Controller('thrown')
class ByNewController extends ThrowingController {}

interface Way {
  controller?: typeof ThrowingController;
  providers?: Provider[];
  use?: (app: INestApplication) => unknown;
}

const WAYS: [string, Way][] = [
  ['by class', { controller: ByClassController }],
  ['by new on a controller', { controller: ByNewController }],
  ['by new for the application', { use: (app) => app.useGlobalFilters(new ButtonMessagingExceptionFilter()) }],
  ['by app.get', { use: (app) => app.useGlobalFilters(app.get(ButtonMessagingExceptionFilter)) }],
  ['as APP_FILTER', { providers: [{ provide: APP_FILTER, useClass: ButtonMessagingExceptionFilter }] }],
  ['as an existing APP_FILTER', { providers: [{ provide: APP_FILTER, useExisting: ButtonMessagingExceptionFilter }] }],
];

describe.each(PLATFORMS)('ButtonMessagingExceptionFilter on %s', (_platform, adapter) => {
  let app: INestApplication | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  const start = async ({ controller = ThrowingController, providers = [], use }: Way) => {
    @Module({
      imports: [ButtonMessagingModule.forRoot({ accounts: [zApiAccount('https://nobody.invalid')], logger: false })],
      controllers: [controller],
      providers,
    })
    class AppModule {
      configure(consumer: MiddlewareConsumer) {
        const fail = () => {
          throw limited();
        };
        consumer.apply(fail).forRoutes({ path: 'middleware', method: 0 });
      }
    }
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication(adapter(), { logger: false });
    use?.(app);
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  };

  describe.each(WAYS)('bound %s', (_name, way) => {
    it('returns its errors as problem details and leaves other errors alone', async () => {
      const url = await start(way);
      const refused = await fetch(`${url}/thrown/limited`);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(refused.headers.get('retry-after')).toBe('7');
      const text = await refused.text();
      expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'rate-limited', outcome: 'not-sent' });
      expect(text).not.toContain('private words');
      const invalid = await fetch(`${url}/thrown/invalid`);
      expect(await invalid.json()).toMatchObject({ status: 400, issues: [{ path: 'to' }] });
      const other = await fetch(`${url}/thrown/other`);
      expect(await other.json()).toEqual({ statusCode: 500, message: 'Internal server error' });
    });

    it('responds to HEAD and ends a response that has begun', async () => {
      const url = await start(way);
      const head = await fetch(`${url}/thrown/head`, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([503, '']);
      const begun = await fetch(`${url}/thrown/begun`);
      expect([begun.status, await begun.text()]).toEqual([200, 'begun']);
      expect((await fetch(`${url}/thrown/limited`)).status).toBe(503);
    });
  });

  it('handles an error that middleware throws', async () => {
    const url = await start({ use: (given) => given.useGlobalFilters(new ButtonMessagingExceptionFilter()) });
    const response = await fetch(`${url}/middleware`);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'rate-limited' });
  });
});
