import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  Get,
  type INestApplication,
  Inject,
  Post,
  Query,
  UseFilters,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AuthenticationError,
  ButtonMessageDto,
  type ButtonMessagingError,
  ButtonMessagingExceptionFilter,
  ButtonMessagingModule,
  ButtonMessagingService,
  ButtonMessagingValidationPipe,
  ConfigurationError,
  IdempotencyConflictError,
  InvalidMessageError,
  MediaCorruptedError,
  MediaNotFoundError,
  MediaTooLargeError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  ReplyTimeoutError,
  SendAbortedError,
  SendButtonActionsDto,
  SendButtonsDto,
  SendReplyButtonsDto,
  SubscriptionError,
  UnknownAccountError,
  UnknownOutcomeError,
  UnsupportedMessageError,
  WindowClosedError,
  ZApiService,
} from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { BASES, type Method, withChange } from '../../support/provider-messages.js';

const details = {
  provider: 'z-api',
  account: 'tenant-7',
  status: 418,
  providerCode: 'P77',
  providerMessage: 'private words',
};
const THROWN: [name: string, error: ButtonMessagingError, status: number, retryAfter?: string][] = [
  [
    'invalid',
    new InvalidMessageError([
      { path: 'buttons[0].title', rule: 'maxCharacters', message: 'buttons[0].title is too long' },
    ]),
    400,
  ],
  ['unsupported', new UnsupportedMessageError(['no form for a call'], details), 422],
  ['recipient', new RecipientNotFoundError('secret detail', details), 422],
  ['window', new WindowClosedError('secret detail', details), 422],
  ['conflict', new IdempotencyConflictError('secret detail', details), 422],
  ['missing file', new MediaNotFoundError('secret detail', details), 422],
  ['large file', new MediaTooLargeError('secret detail', details), 422],
  ['damaged file', new MediaCorruptedError('secret detail', details), 502],
  ['unknown', new UnknownOutcomeError('secret detail', details), 504],
  ['aborted', new SendAbortedError('secret detail', 'unknown', details), 504],
  ['aborted-before', new SendAbortedError('secret detail', 'not-sent', details), 502],
  ['unanswered', new ReplyTimeoutError('secret detail', details), 504],
  ['limited', new RateLimitedError('secret detail', { ...details, retryAfterMs: 7_000 }), 503, '7'],
  ['limited-a-little', new RateLimitedError('secret detail', { ...details, retryAfterMs: 1_200 }), 503, '2'],
  ['unavailable', new ProviderUnavailableError('secret detail', { ...details, retryAfterMs: 3_000 }), 503, '3'],
  ['authentication', new AuthenticationError('secret detail', details), 502],
  ['permission', new PermissionError('secret detail', details), 502],
  ['subscription', new SubscriptionError('secret detail', details), 502],
  ['rejected', new ProviderRejectedError('secret detail', details), 502],
  ['unknown-account', new UnknownAccountError('secret detail', ['tenant-7', 'tenant-8']), 502],
  ['configuration', new ConfigurationError([{ path: 'accounts[0].token', rule: 'x', message: 'secret detail' }]), 502],
];
const NEST = { transform: true, whitelist: true, forbidNonWhitelisted: true };

@Controller('thrown')
@UseFilters(ButtonMessagingExceptionFilter)
class ThrowingController {
  @Get()
  fail(@Query('name') name: string) {
    throw THROWN.find(([known]) => known === name)?.[1] ?? new Error('no such error');
  }
}

@Controller('nest')
@UsePipes(new ValidationPipe(NEST))
class NestController {
  constructor(@Inject(ZApiService) private readonly zApi: ZApiService) {}
  @Post('sendButtonActions') actions(@Body() dto: SendButtonActionsDto) {
    return this.zApi.sendButtonActions(dto);
  }
  @Post('sendButtons') buttons(@Body() dto: SendButtonsDto) {
    return { kind: dto.constructor.name };
  }
  @Post('sendReplyButtons') replies(@Body() dto: SendReplyButtonsDto) {
    return { kind: dto.constructor.name };
  }
  @Post('send') message(@Body() dto: ButtonMessageDto) {
    return { kind: dto.constructor.name };
  }
}

@Controller('ours')
@UseFilters(ButtonMessagingExceptionFilter)
@UsePipes(ButtonMessagingValidationPipe)
class OurController {
  constructor(
    @Inject(ZApiService) private readonly zApi: ZApiService,
    @Inject(ButtonMessagingService) private readonly messaging: ButtonMessagingService,
  ) {}
  @Post('sendButtonActions') actions(@Body() dto: SendButtonActionsDto) {
    return this.zApi.sendButtonActions(dto);
  }
  @Post('sendButtons') buttons(@Body() dto: SendButtonsDto) {
    return { kind: dto.constructor.name };
  }
  @Post('sendReplyButtons') replies(@Body() dto: SendReplyButtonsDto) {
    return { kind: dto.constructor.name };
  }
  @Post('send') message(@Body() dto: ButtonMessageDto) {
    return this.messaging.send(dto as never, { account: 'zap' });
  }
}

const BODIES: Method[] = ['sendButtonActions', 'sendButtons', 'sendReplyButtons', 'send'];
const FAULTY: [Method, Record<string, unknown>, string][] = [
  ['sendButtonActions', { phone: 'x' }, 'phone'],
  ['sendButtonActions', { 'buttonActions[1].label': 'x'.repeat(61) }, 'buttonActions[1].label'],
  ['sendButtonActions', { 'buttonActions[0].extra': 1 }, 'buttonActions[0].extra'],
  ['sendButtonActions', { buttonActions: [null] }, 'buttonActions[0]'],
  ['sendButtons', { button_2_title: undefined }, 'button_2_title'],
  ['sendReplyButtons', { 'interactive.action.buttons[1].reply.id': 'yes' }, 'interactive.action.buttons[1].reply.id'],
  ['send', { 'buttons[0].title': '' }, 'buttons[0].title'],
  ['send', { extra: 1 }, 'extra'],
];

describe.each(['Express', 'Fastify'])('HTTP application on %s', (platform) => {
  let server: FakeProvider;
  let app: INestApplication;
  let url: string;
  beforeAll(async () => {
    server = await FakeProvider.start();
    const options = {
      accounts: oneOfEach(server.url),
      defaultAccount: 'zap',
      logger: false,
      retry: { attempts: 1 },
      limits: { buttonTitle: 60 },
    };
    const module = await Test.createTestingModule({
      imports: [ButtonMessagingModule.forRoot(options)],
      controllers: [ThrowingController, NestController, OurController],
    }).compile();
    app = platform === 'Fastify' ? module.createNestApplication(new FastifyAdapter()) : module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  beforeEach(() => void server.reset());
  afterAll(async () => {
    await app.close();
    await server.close();
  });
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it.each(THROWN)('returns problem details for the error %s', async (...[name, error, status, retryAfter]) => {
    const response = await fetch(`${url}/thrown?name=${name}`);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(text)).toMatchObject({
      status,
      title: expect.stringMatching(/./),
      detail: expect.stringMatching(/./),
    });
    if (retryAfter) expect(response.headers.get('retry-after')).toBe(retryAfter);
    else expect(response.headers.get('retry-after')).toBeNull();
    expect(text).not.toContain('418');
    if (status === 502) expect(text).not.toMatch(/secret detail|private words|P77|tenant-/);
    if (error instanceof InvalidMessageError) expect(text).toContain('buttons[0].title');
  });

  it.each(['nest', 'ours'])('accepts valid bodies at %s', async (prefix) => {
    for (const method of BODIES) {
      const { status, text } = await post(`${prefix}/${method}`, BASES[method]);
      expect([method, status]).toEqual([method, 201]);
      expect(text).toMatch(prefix === 'nest' ? /MESSAGE1|"kind":"(Send|Button)\w+Dto"/ : /MESSAGE1|"kind"/);
    }
  });

  it.each(FAULTY)('rejects %s with %j', async (method, change, path) => {
    const body = JSON.stringify(withChange(BASES[method], change));
    expect((await post(`nest/${method}`, body)).status).toBe(400);
    const { status, text, type } = await post(`ours/${method}`, body);
    expect(status).toBe(400);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(text).toContain(JSON.stringify(path));
    expect(server.requests).toEqual([]);
  });

  it('checks the limits of the module with ButtonMessagingValidationPipe only', async () => {
    const body = withChange(BASES.sendButtonActions, { 'buttonActions[0].label': 'x'.repeat(60) });
    expect((await post('nest/sendButtonActions', body)).status).toBe(400);
    expect((await post('ours/sendButtonActions', body)).status).toBe(201);
    expect(server.bodies).toEqual([body]);
  });

  it.each(['null', '5', '"text"', '[]', '{}', '{"__proto__":{"a":1}}'])(
    'rejects the body %s with 400',
    async (body) => {
      for (const method of BODIES) {
        expect((await post(`nest/${method}`, body)).status).toBe(400);
        expect((await post(`ours/${method}`, body)).status).toBe(400);
      }
      expect(server.requests).toEqual([]);
    },
  );

  it.each([
    [{ status: 401, body: { error: 'Client-Token not allowed' } }, 502],
    [{ status: 404, body: { error: 'nothing here' } }, 502],
    [{ status: 500 }, 504],
    [{ status: 429, headers: { 'Retry-After': '9' } }, 503],
  ])('maps the provider response %j to status %d', async (reply, status) => {
    server.always(reply);
    const response = await post('ours/sendButtonActions', BASES.sendButtonActions);
    expect(response.status).toBe(status);
    expect(response.type).toMatch(/^application\/problem\+json/);
  });
});
