import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Body, Controller, Post, UseFilters, UsePipes, ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import fc from 'fast-check';
import {
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingModule,
  ButtonMessagingService,
  ButtonMessagingValidationPipe,
  ChatvoltService,
  InvalidMessageError,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonsDto,
  SendCarouselDto,
  SendListDto,
  SendListsDto,
  SendOptionListDto,
  SendReplyButtonsDto,
  WhatsAppCloudService,
  ZApiService,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';

jest.setTimeout(120_000);

const MOST_BYTES = 100_000;
/**
 * CPU time, including the reading of the body and garbage collection of earlier tests. To create an issue for each item
 * would take many times longer.
 */
const MOST_MS = 4_000;
const BODY_LIMIT = 16_000_000;

/** Measures the CPU time of this process, whatever the load of the machine. */
async function timed<T>(run: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const before = process.cpuUsage();
  const value = await run();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1_000 };
}

const DTOS = {
  'button-message': ButtonMessageDto,
  'button-actions': SendButtonActionsDto,
  'button-list': SendButtonListDto,
  'option-list': SendOptionListDto,
  carousel: SendCarouselDto,
  buttons: SendButtonsDto,
  lists: SendListsDto,
  'reply-buttons': SendReplyButtonsDto,
  list: SendListDto,
};

@UsePipes(ButtonMessagingValidationPipe)
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('ours')
class OurController {
  @Post('button-message') message(@Body() body: ButtonMessageDto) {
    return body;
  }
  @Post('button-actions') actions(@Body() body: SendButtonActionsDto) {
    return body;
  }
  @Post('button-list') buttonList(@Body() body: SendButtonListDto) {
    return body;
  }
  @Post('option-list') optionList(@Body() body: SendOptionListDto) {
    return body;
  }
  @Post('carousel') carousel(@Body() body: SendCarouselDto) {
    return body;
  }
  @Post('buttons') buttons(@Body() body: SendButtonsDto) {
    return body;
  }
  @Post('lists') lists(@Body() body: SendListsDto) {
    return body;
  }
  @Post('reply-buttons') replyButtons(@Body() body: SendReplyButtonsDto) {
    return body;
  }
  @Post('list') list(@Body() body: SendListDto) {
    return body;
  }
}

@UsePipes(new ValidationPipe({ whitelist: true }))
@Controller('nest')
class NestController {
  @Post('button-message') message(@Body() body: ButtonMessageDto) {
    return body;
  }
  @Post('button-actions') actions(@Body() body: SendButtonActionsDto) {
    return body;
  }
  @Post('option-list') optionList(@Body() body: SendOptionListDto) {
    return body;
  }
  @Post('carousel') carousel(@Body() body: SendCarouselDto) {
    return body;
  }
  @Post('lists') lists(@Body() body: SendListsDto) {
    return body;
  }
  @Post('list') list(@Body() body: SendListDto) {
    return body;
  }
}

function repeated(text: string, bytes: number): string {
  return Array.from({ length: Math.floor(bytes / (text.length + 1)) }, () => text).join(',');
}

function unknownFields(bytes: number, nameLength: number): string {
  const name = 'x'.repeat(nameLength);
  return Array.from({ length: Math.floor(bytes / (nameLength + 12)) }, (_, index) => `"${name}${index}":1`).join(',');
}

function nested(depth: number, open: string, close: string): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** Builds hostile bodies of about `bytes` bytes, for each list and object of every message. */
function bodies(bytes: number): [name: string, body: string][] {
  const items = repeated('{}', bytes);
  const lists = ['buttons', 'buttonActions', 'options', 'carousel', 'optionList', 'buttonList'];
  return [
    ...lists.map((list): [string, string] => [`${list} of empty items`, `{"to":"5511987654321","${list}":[${items}]}`]),
    [
      'lists of lists',
      `{"carousel":[{"buttons":[${items}]}],"optionList":{"options":[${items}]},"buttonList":{"buttons":[${items}]}}`,
    ],
    [
      'rows',
      `{"to":"5511987654321","interactive":{"type":"list","action":{"sections":[{"rows":[${items}]}],"buttons":[${items}]}}}`,
    ],
    ['sections', `{"interactive":{"type":"list","action":{"sections":[${repeated('{"rows":[{},{}]}', bytes)}]}}}`],
    ['the same button again', `{"buttons":[${repeated('{"type":"reply","id":"a","title":"a"}', bytes)}]}`],
    ['numbers in the place of items', `{"buttons":[${repeated('1', bytes)}],"carousel":[${repeated('1', bytes)}]}`],
    ['many unknown fields', `{${unknownFields(bytes, 4)}}`],
    ['long unknown fields', `{${unknownFields(bytes, 2_000)}}`],
    ['one unknown field', `{"${'y'.repeat(bytes)}":1}`],
    ['fields with control characters', `{${unknownFields(bytes, 30).replaceAll('xxx', '\\u0000\\n\\ud800')}}`],
    ['unknown fields in a button', `{"buttons":[{${unknownFields(bytes, 300)}}]}`],
    ['known prefixes', `{${unknownFields(bytes, 1).replaceAll('"x', '"section_1_row_1_')}}`],
    ['prototypes', `{"__proto__":{"polluted":[${items}]},"constructor":{"prototype":{"polluted":1}},"toString":1}`],
    ['deep lists', `{"buttons":${nested(Math.min(bytes / 2, 50_000), '[', ']')}}`],
    ['deep objects', `{"header":${nested(Math.min(bytes / 6, 50_000), '{"a":', '}')}}`],
    ['a huge text', `{"to":"5511987654321","text":"${'é'.repeat(bytes / 2)}","message":"${'é'.repeat(bytes / 2)}"}`],
    ['a huge number', `{"to":"${'9'.repeat(bytes)}","phone":"${'9'.repeat(bytes / 2)}"}`],
    ['a huge recipient', `{"to":"${'a-'.repeat(bytes / 2)}","phone":"${' '.repeat(bytes / 2)}"}`],
    ['a huge link', `{"buttons":[{"type":"url","title":"t","url":"https://${'a/'.repeat(bytes / 2)}"}]}`],
    ['a list in the place of the message', `[${items}]`],
  ];
}

const PLATFORMS = ['Express', 'Fastify'] as const;

describe.each(PLATFORMS)('Hostile bodies at a DTO route on %s', (platform) => {
  let app: NestExpressApplication | NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    const registration = ButtonMessagingModule.forRootAsync({
      useFactory: () => ({
        accounts: [zApiAccount('http://127.0.0.1:9')],
        defaultCountry: 'BR',
        logger: false,
      }),
    });
    const module = await Test.createTestingModule({
      imports: [registration],
      controllers: [OurController, NestController],
    }).compile();
    if (platform === 'Express') {
      const express = module.createNestApplication<NestExpressApplication>({ logger: false });
      express.useBodyParser('json', { limit: BODY_LIMIT });
      app = express;
    } else {
      app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: BODY_LIMIT }), {
        logger: false,
      });
    }
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });

  afterAll(() => app.close());

  async function post(path: string, body: string) {
    const headers = { 'Content-Type': 'application/json' };
    const { value, ms } = await timed(async () => {
      const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    });
    return { ...value, ms };
  }

  async function isRefused(path: string, [name, body]: [string, string]) {
    const { status, text, ms } = await post(`ours/${path}`, body);
    expect({ name, status, small: text.length < MOST_BYTES, soon: ms < MOST_MS }).toEqual({
      name,
      status: 400,
      small: true,
      soon: true,
    });
  }

  it.each(Object.keys(DTOS))('are rejected quickly and with a small response at %s', async (path) => {
    for (const body of bodies(99_000)) await isRefused(path, body);
  });

  it('are rejected as quickly if the application accepts large bodies', async () => {
    const names = [
      'buttons of empty items',
      'the same button again',
      'many unknown fields',
      'deep lists',
      'a huge text',
    ];
    for (const body of bodies(4_000_000)) {
      if (names.includes(body[0])) await isRefused('button-message', body);
    }
  });

  it.each(['button-message', 'button-actions', 'option-list', 'carousel', 'lists', 'list'])(
    "are rejected with a small response by Nest's own pipe at %s",
    async (path) => {
      for (const [name, body] of bodies(40_000)) {
        // What Nest's pipe repeats, and how deep it recurses, is outside this package.
        if (name.startsWith('deep') || name.includes('prototypes')) continue;
        const { status, text, ms } = await post(`nest/${path}`, body);
        expect({ name, status, small: text.length < MOST_BYTES, soon: ms < MOST_MS }).toEqual({
          name,
          status: 400,
          small: true,
          soon: true,
        });
      }
    },
  );

  it('are rejected with the number of issues that are not listed', async () => {
    const body = `{${unknownFields(20_000, 4)}}`;
    const { text } = await post('ours/button-message', body);
    const { issues } = JSON.parse(text);
    const unknown = Object.keys(JSON.parse(body)).length;
    expect(issues).toHaveLength(101);
    const last = issues.at(-1);
    expect(last).toMatchObject({ path: '', rule: 'moreIssues' });
    expect(Number(/\d+/.exec(last.message)?.[0])).toBeGreaterThanOrEqual(unknown - 100);
  });
});

describe('Hostile messages to the services', () => {
  let module: Awaited<ReturnType<ReturnType<typeof Test.createTestingModule>['compile']>>;

  beforeAll(async () => {
    const address = 'http://127.0.0.1:9';
    const accounts = [zApiAccount(address), chatvoltAccount(address), cloudAccount(address)];
    const registration = ButtonMessagingModule.forRoot({ accounts, defaultCountry: 'BR', defaultAccount: 'zap' });
    module = await Test.createTestingModule({ imports: [registration] }).compile();
    module.useLogger(false);
    await module.init();
  });

  afterAll(() => module.close());

  const calls: [name: string, call: (body: never) => Promise<unknown>][] = [
    ['send', (body) => module.get(ButtonMessagingService).send(body)],
    ['carriers', (body) => module.get(ButtonMessagingService).carriers(body)],
    ['sendButtonActions', (body) => module.get(ZApiService).sendButtonActions(body)],
    ['sendCarousel', (body) => module.get(ZApiService).sendCarousel(body)],
    ['sendOptionList', (body) => module.get(ZApiService).sendOptionList(body)],
    ['sendLists', (body) => module.get(ChatvoltService).sendLists(body)],
    ['sendList', (body) => module.get(WhatsAppCloudService).sendList(body)],
  ];

  it.each(calls)('are rejected quickly and with a small error by %s()', async (_name, call) => {
    for (const [name, body] of bodies(200_000)) {
      const parsed = untyped<never>(JSON.parse(body));
      const { value: error, ms } = await timed(() => call(parsed).catch((thrown: unknown) => thrown));
      expect({ name, isInvalid: error instanceof InvalidMessageError }).toEqual({ name, isInvalid: true });
      const bytes = JSON.stringify(error instanceof InvalidMessageError && [error.issues, error.message]).length;
      expect({ name, small: bytes < MOST_BYTES, soon: ms < MOST_MS }).toEqual({ name, small: true, soon: true });
    }
  });

  it('do not stop sendMany()', async () => {
    const messages = bodies(100_000).map(([, body]) => untyped<never>(JSON.parse(body)));
    const results: unknown[] = [];
    for await (const { error } of module.get(ButtonMessagingService).sendMany(messages, { concurrency: 4 })) {
      results.push(error);
    }
    expect(results.map((error) => error instanceof InvalidMessageError)).toEqual(messages.map(() => true));
  });

  it('are rejected with a bounded error, whatever their content', async () => {
    const value = fc.anything({ maxDepth: 6, maxKeys: 200, withBigInt: true, withNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), value), value, async (fields, buttons) => {
        const body = untyped<never>(Object.assign(Object.create(null), fields, { buttons }));
        const error = await module
          .get(ButtonMessagingService)
          .send(body)
          .catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(InvalidMessageError);
        if (!(error instanceof InvalidMessageError)) return;
        expect(error.issues.length).toBeLessThanOrEqual(101);
        expect(JSON.stringify([error.issues, error.message]).length).toBeLessThan(MOST_BYTES);
        expect(error.message).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 200 },
    );
  });
});
