import { afterEach, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  ButtonMessagingEvents,
  ButtonMessagingExceptionFilter,
  ButtonMessagingHttp,
  ButtonMessagingMedia,
  ButtonMessagingModule,
  ButtonMessagingService,
  ButtonMessagingValidationPipe,
  ButtonMessagingWebhooks,
  ChatvoltService,
  IdempotencyStore,
  MemoryIdempotencyStore,
  MemoryPacingStore,
  MemoryPersonStore,
  MemoryRepeatStore,
  PacingStore,
  PersonStore,
  RepeatStore,
  type SendOptions,
  type SendTextDto,
  WhatsAppCloudService,
  ZApiService,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';

/** Exported tokens with their default classes. */
const SERVICES: readonly (readonly [token: Type | (abstract new () => unknown), byDefault: Type])[] = [
  [ButtonMessagingEvents, ButtonMessagingEvents],
  [ButtonMessagingExceptionFilter, ButtonMessagingExceptionFilter],
  [ButtonMessagingHttp, ButtonMessagingHttp],
  [ButtonMessagingMedia, ButtonMessagingMedia],
  [ButtonMessagingService, ButtonMessagingService],
  [ButtonMessagingValidationPipe, ButtonMessagingValidationPipe],
  [ButtonMessagingWebhooks, ButtonMessagingWebhooks],
  [ChatvoltService, ChatvoltService],
  [IdempotencyStore, MemoryIdempotencyStore],
  [PacingStore, MemoryPacingStore],
  [PersonStore, MemoryPersonStore],
  [RepeatStore, MemoryRepeatStore],
  [WhatsAppCloudService, WhatsAppCloudService],
  [ZApiService, ZApiService],
];

describe('extraProviders with subclasses', () => {
  let module: TestingModule | undefined;
  afterEach(() => module?.close());

  it.each(SERVICES.map(([token, byDefault]) => ({ token, byDefault, name: byDefault.name })))(
    'accepts a subclass of $name',
    async ({ token, byDefault }) => {
      class Extended extends byDefault {}
      module = await Test.createTestingModule({
        imports: [
          ButtonMessagingModule.forRoot({
            logger: false,
            accounts: [zApiAccount('http://127.0.0.1:1')],
            extraProviders: [{ provide: token, useClass: Extended }],
          }),
        ],
      }).compile();
      await module.init();
      expect(module.get(token)).toBeInstanceOf(Extended);
    },
  );

  it('injects the dependencies of a subclassed service and calls its override', async () => {
    const provider = await FakeProvider.start();
    const traced: string[] = [];
    class TracedZApiService extends ZApiService {
      override sendText(dto: SendTextDto, options?: SendOptions) {
        traced.push(dto.message);
        return super.sendText(dto, options);
      }
    }
    try {
      module = await Test.createTestingModule({
        imports: [
          ButtonMessagingModule.forRoot({
            logger: false,
            accounts: [zApiAccount(provider.url)],
            extraProviders: [{ provide: ZApiService, useClass: TracedZApiService }],
          }),
        ],
      }).compile();
      await module.init();
      await module.get(ZApiService).sendText({ phone: '5511999990000', message: 'Hello' });
      expect(traced).toEqual(['Hello']);
      expect(provider.bodies).toEqual([{ phone: '5511999990000', message: 'Hello' }]);
    } finally {
      await provider.close();
    }
  });
});
