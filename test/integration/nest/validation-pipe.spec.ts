import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  type INestApplication,
  Injectable,
  ParseArrayPipe,
  type PipeTransform,
  Post,
  type Provider,
  Query,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/mapped-types';
import * as swagger from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, registerDecorator, ValidateNested } from 'class-validator';
import {
  ButtonDto,
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingService,
  ButtonMessagingValidationPipe,
  SendButtonActionsDto,
  SendButtonsDto,
} from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { BASES, withChange } from '../../support/provider-messages.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS } from '../../support/webhook-app.js';

/** An asynchronous rule of the application. */
function IsKnownOrder(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      target: target.constructor,
      propertyName: String(property),
      name: 'isKnownOrder',
      validator: {
        validate: async (value: unknown) => value === 'order-1',
        defaultMessage: () => 'orderId must be known',
      },
    });
}

class SearchDto {
  @IsInt()
  page!: number;
}

class NotedMessageDto extends ButtonMessageDto {
  @IsOptional()
  @IsString()
  note?: string;

  @IsKnownOrder()
  orderId!: string;
}
class DraftDto extends PartialType(ButtonMessageDto) {}
class TextlessDto extends OmitType(ButtonMessageDto, ['text']) {}
class ButtonTypeDto extends PickType(ButtonDto, ['type']) {}
class BothDto extends IntersectionType(PickType(ButtonMessageDto, ['buttons']), SearchDto) {}
class SwaggerDraftDto extends swagger.PartialType(ButtonMessageDto) {}
class SwaggerBothDto extends swagger.IntersectionType(swagger.OmitType(ButtonMessageDto, ['to', 'text']), SearchDto) {}
class PartOfChatvoltDto extends PickType(SendButtonsDto, ['button_1_title']) {}

class Reminder {
  @IsIn(['reminder'])
  kind!: string;

  @ValidateNested()
  @Type(() => ButtonMessageDto)
  message!: ButtonMessageDto;
}

class OrderDto {
  @IsString()
  number!: string;

  @ValidateNested()
  @Type(() => ButtonMessageDto)
  message!: ButtonMessageDto;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ButtonMessageDto)
  copies?: ButtonMessageDto[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Object, {
    keepDiscriminatorProperty: true,
    discriminator: { property: 'kind', subTypes: [{ name: 'reminder', value: Reminder }] },
  })
  extra?: object;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => OrderDto)
  parts?: OrderDto[];
}

const TYPES = {
  search: SearchDto,
  noted: NotedMessageDto,
  draft: DraftDto,
  textless: TextlessDto,
  type: ButtonTypeDto,
  both: BothDto,
  'swagger-draft': SwaggerDraftDto,
  'swagger-both': SwaggerBothDto,
  chatvolt: PartOfChatvoltDto,
  order: OrderDto,
  message: ButtonMessageDto,
  actions: SendButtonActionsDto,
};

/** Creates a controller with a route for each class that returns its body. */
function controllerOf(): new () => object {
  @Controller()
  class Routes {
    @Get('query')
    query(@Query() query: SearchDto) {
      return { query };
    }

    @Post('many')
    @HttpCode(200)
    many(@Body(new ParseArrayPipe({ items: ButtonMessageDto })) messages: ButtonMessageDto[]) {
      return { count: messages.length, ours: messages.every((message) => message instanceof ButtonMessageDto) };
    }
  }
  for (const [path, type] of Object.entries(TYPES)) {
    const method = `post_${path}`;
    Object.defineProperty(Routes.prototype, method, { value: (body: unknown) => ({ got: body }), configurable: true });
    const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, method) ?? {};
    Reflect.defineMetadata('design:paramtypes', [type], Routes.prototype, method);
    Body()(Routes.prototype, method, 0);
    HttpCode(200)(Routes.prototype, method, descriptor);
    Post(path)(Routes.prototype, method, descriptor);
  }
  return Routes;
}

@Injectable()
class Trimming implements PipeTransform {
  transform(value: unknown) {
    return value;
  }
}

interface Way {
  providers?: Provider[];
  use?: (app: INestApplication) => PipeTransform[];
  decorate?: ClassDecorator;
  hasDefaultLimits?: true;
}

const WAYS: [string, Way][] = [
  ['as APP_PIPE', { providers: [{ provide: APP_PIPE, useClass: ButtonMessagingValidationPipe }] }],
  ['as an existing APP_PIPE', { providers: [{ provide: APP_PIPE, useExisting: ButtonMessagingValidationPipe }] }],
  ['by app.get', { use: (app) => [new Trimming(), app.get(ButtonMessagingValidationPipe)] }],
  ['by class', { decorate: UsePipes(ButtonMessagingValidationPipe) }],
  ['by new', { use: () => [new ButtonMessagingValidationPipe()], hasDefaultLimits: true }],
  ['by new on a class', { decorate: UsePipes(new ButtonMessagingValidationPipe()), hasDefaultLimits: true }],
];

const message = BASES.send;
const long = 'x'.repeat(40);
const REFUSED: [path: string, body: unknown, ...paths: string[]][] = [
  ['message', withChange(message, { 'buttons[0].title': '' }), 'buttons[0].title'],
  ['message', { ...message, unknown: 1 }, 'unknown'],
  ['noted', { ...message, orderId: 'order-2' }, 'orderId'],
  ['noted', { ...message, text: '', note: 5, orderId: 'order-1' }, 'note', 'text'],
  ['noted', { ...message, orderId: 'order-1', unknown: 1 }, 'unknown'],
  ['draft', { text: '' }, 'text'],
  ['textless', withChange({ ...message, text: undefined }, { 'buttons[0].id': '' }), 'buttons[0].id'],
  ['type', { type: 'other' }, 'type'],
  ['both', { buttons: [{ type: 'url', title: 'A', url: 'x' }], page: 'x' }, 'buttons[0].url', 'page'],
  ['swagger-draft', { buttons: [{}] }, 'buttons[0].title', 'buttons[0].type'],
  ['swagger-both', { buttons: [], page: 1 }, 'buttons'],
  [
    'order',
    { number: 1, message: withChange(message, { buttons: [{ type: 'url', title: 'A', url: 'x' }] }) },
    'message.buttons[0].url',
  ],
  ['order', { message, copies: [message, { ...message, text: '' }] }, 'copies[1].text'],
  ['order', { message: 'x' }, 'message'],
  ['order', { message, extra: { kind: 'reminder', message: { ...message, to: '1' } } }, 'extra.message.to'],
  ['order', { parts: [{ message }, { message: { ...message, footer: 5 } }] }, 'parts[1].message.footer'],
];
const PASSED: [path: string, body: unknown][] = [
  ['search', { page: 'not judged', anything: [1] }],
  ['noted', { ...message, note: 'by the door', orderId: 'order-1' }],
  ['draft', {}],
  ['draft', { text: 'Hi' }],
  ['textless', withChange(message, { text: undefined })],
  ['type', { type: 'url' }],
  ['both', { buttons: message.buttons, page: 1 }],
  ['swagger-both', { buttons: message.buttons, page: 1, footer: 'Bye' }],
  ['order', { number: 5, message, anything: true }],
  ['order', { number: 'not there' }],
  ['order', { message, extra: { kind: 'other', message: 5 }, parts: [], copies: null }],
];

describe.each(PLATFORMS)('ButtonMessagingValidationPipe on %s', (_platform, adapter) => {
  let server: FakeProvider;
  let app: INestApplication | undefined;
  let url: string;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  afterEach(() => void server.reset());
  afterAll(() => server.close());

  const start = async ({ providers = [], use, decorate }: Way, [, register] = REGISTRATIONS[0] ?? never()) => {
    const Routes = controllerOf();
    decorate?.(Routes);
    const registration = register({
      accounts: oneOfEach(server.url),
      defaultAccount: 'zap',
      logger: false,
      limits: { buttonTitle: 60 },
    });
    const module = await Test.createTestingModule({
      imports: [registration],
      controllers: [Routes],
      providers,
    }).compile();
    app = module.createNestApplication(adapter(), { logger: false });
    if (use) app.useGlobalPipes(...use(app));
    app.useGlobalFilters(new ButtonMessagingExceptionFilter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  };
  const post = async (path: string, body: unknown) => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  };
  const pathsIn = ({ issues }: { issues?: { path: string }[] }) => (issues ?? []).map(({ path }) => path).sort();

  describe.each(WAYS)('bound %s', (_name, way) => {
    beforeAll(() => start(way));
    afterAll(() => app?.close());

    it.each(REFUSED)('rejects at %s the body %j', async (path, body, ...paths) => {
      const { status, type, body: problem } = await post(path, body);
      expect([status, type]).toEqual([400, expect.stringMatching(/^application\/problem\+json/)]);
      expect(problem).toMatchObject({ code: 'invalid-message' });
      expect(pathsIn(problem as never)).toEqual(paths.sort());
    });

    it.each(PASSED)('accepts at %s the body %j', async (path, body) => {
      expect(await post(path, body)).toMatchObject({ status: 200, body: { got: body } });
    });

    it('leaves queries of the application alone', async () => {
      const response = await fetch(`${url}/query?utm=x&page=2`);
      expect(await response.json()).toEqual({ query: { utm: 'x', page: '2' } });
    });

    it("applies the module's limits, nested too, unless the provider has its own", async () => {
      const wide = withChange(message, { 'buttons[0].title': long });
      const expected = way.hasDefaultLimits ? 400 : 200;
      expect((await post('message', wide)).status).toBe(expected);
      expect((await post('order', { message: wide })).status).toBe(expected);
      expect((await post('textless', withChange(wide, { text: undefined }))).status).toBe(expected);
      expect((await post('chatvolt', { button_1_title: long })).status).toBe(400);
    });

    it('leaves lists to ParseArrayPipe', async () => {
      expect(await post('many', [message, message])).toMatchObject({ status: 200, body: { count: 2, ours: true } });
      expect((await post('many', [message, { ...message, text: '' }])).status).toBe(400);
    });
  });

  describe('with a global ValidationPipe', () => {
    afterEach(() => app?.close());
    const nest = () => new ValidationPipe({ whitelist: true, transform: true });
    const BESIDE: [string, Way][] = [
      ['with only ValidationPipe', { use: () => [nest()] }],
      ['after ValidationPipe', { use: (given) => [nest(), given.get(ButtonMessagingValidationPipe)] }],
      ['before ValidationPipe', { use: (given) => [given.get(ButtonMessagingValidationPipe), nest()] }],
      ['with only ValidationPipe as APP_PIPE', { providers: [{ provide: APP_PIPE, useFactory: nest }] }],
      [
        'as APP_PIPE next to ValidationPipe',
        { providers: [{ provide: APP_PIPE, useClass: ButtonMessagingValidationPipe }], use: () => [nest()] },
      ],
      ['on a class after ValidationPipe', { use: () => [nest()], decorate: UsePipes(ButtonMessagingValidationPipe) }],
    ];

    it.each(BESIDE)('returns one form of error %s', async (_name, way) => {
      await start(way);
      for (const [path, body, expected] of [
        ['message', withChange(message, { 'buttons[0].title': '' }), ['buttons[0].title']],
        ['noted', { ...message, text: '', orderId: 'order-1' }, ['text']],
        ['noted', { ...message, orderId: 'order-2' }, ['orderId']],
        ['order', { number: 'n', message: { ...message, text: '' } }, ['message.text']],
        ['draft', { footer: 5 }, ['footer']],
      ] as const) {
        const { status, type, body: problem } = await post(path, body);
        expect([path, status, type]).toEqual([path, 400, expect.stringMatching(/^application\/problem\+json/)]);
        expect(pathsIn(problem as never)).toEqual(expected);
      }
      // Other DTOs keep Nest's form.
      const search = await post('search', { page: 'x' });
      expect(search.body).toMatchObject({ message: ['page must be an integer number'], statusCode: 400 });
      const order = await post('order', { number: 5, message });
      expect(order.body).toMatchObject({ message: ['number must be a string'], statusCode: 400 });
    });

    it('keeps whitelist working and explains forbidNonWhitelisted', async () => {
      await start({ use: () => [nest()] });
      expect(await post('message', { ...message, utm: 'x' })).toMatchObject({ status: 200, body: { got: message } });
      const both = await post('message', { ...message, utm: 'x', text: '' });
      expect(pathsIn(both.body as never)).toEqual(['text']);
      await app?.close();
      await start({ use: () => [new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true })] });
      const refused = await post('message', { ...message, utm: 'x' });
      expect([refused.type, pathsIn(refused.body as never)]).toEqual([expect.stringContaining('problem'), ['utm']]);
    });

    it.each([{ transform: true }, { transform: true, whitelist: true, forbidNonWhitelisted: true }])(
      'returns a message that can be sent with %j',
      async (options) => {
        const sent: unknown[] = [];

        @Controller()
        class Sending {
          constructor(private readonly messaging: ButtonMessagingService) {}

          @Post('send')
          async send(@Body() body: ButtonMessageDto) {
            sent.push(body);
            return this.messaging.send(body);
          }
        }
        const [[, register] = never()] = REGISTRATIONS;
        const registration = register({ accounts: oneOfEach(server.url), defaultAccount: 'zap', logger: false });
        const module = await Test.createTestingModule({ imports: [registration], controllers: [Sending] }).compile();
        app = module.createNestApplication(adapter(), { logger: false });
        app.useGlobalPipes(new ValidationPipe(options));
        app.useGlobalFilters(new ButtonMessagingExceptionFilter());
        await app.listen(0, '127.0.0.1');
        url = await app.getUrl();
        const rich = { ...message, to: { phone: '5511999999999' }, header: { text: 'Hello' }, footer: 'Bye' };
        expect(await post('send', rich)).toMatchObject({ status: 201, body: { account: 'zap' } });
        expect(sent[0]).toBeInstanceOf(ButtonMessageDto);
        expect(server.bodies).toMatchObject([{ phone: '5511999999999', title: 'Hello', footer: 'Bye' }]);
      },
    );

    it('keeps the exceptionFactory of ValidationPipe for other DTOs', async () => {
      const exceptionFactory = () => new TypeError('mine');
      await start({ use: () => [new ValidationPipe({ exceptionFactory })] });
      expect((await post('search', { page: 'x' })).status).toBe(500);
      expect((await post('message', { ...message, text: '' })).body).toMatchObject({ code: 'invalid-message' });
    });
  });
});

it('ValidationPipe keeps its response without ButtonMessagingExceptionFilter', async () => {
  const server = await FakeProvider.start();
  const [[, register] = never()] = REGISTRATIONS;
  const module = await Test.createTestingModule({
    imports: [register({ accounts: oneOfEach(server.url), defaultAccount: 'zap', logger: false })],
    controllers: [controllerOf()],
  }).compile();
  const app = module.createNestApplication({ logger: false });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  await app.listen(0, '127.0.0.1');
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${await app.getUrl()}/message`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...message, text: '' }),
  });
  expect(await response.json()).toEqual({
    message: ['text must be a non-empty string'],
    error: 'Bad Request',
    statusCode: 400,
  });
  await app.close();
  await server.close();
});

function never(): never {
  throw new Error('There is no registration.');
}
