import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingEvents,
  ButtonMessagingModule,
  ButtonMessagingService,
  ChatvoltService,
  type SentMessage,
  WhatsAppCloudService,
  ZApiService,
} from '../../../lib/index.js';
import { untyped } from '../../support/button-messages.js';
import { until } from '../../support/time.js';
import { signed } from '../../support/webhook-requests.js';
import { isFields } from './differences.js';
import type { AccountName, Call, FieldCase, Fields, Hook } from './field-case.js';

const PROVIDER_OF: Record<AccountName, string> = {
  sales: 'z-api',
  support: 'chatvolt',
  official: 'whatsapp-cloud',
};
const SERVICES = { ButtonMessagingService, ChatvoltService, WhatsAppCloudService, ZApiService };

/** Runs a Nest application with the three accounts, and records its events. */
export class FieldApp {
  readonly events: Fields[] = [];
  readonly settled: Fields[] = [];
  private sentinels = 0;

  private constructor(
    private readonly app: INestApplication,
    private readonly url: string,
  ) {
    this.stream('events$', (event) => this.events.push(event));
    this.stream('settled$', (event) => this.settled.push(event));
  }

  static async start(given: Partial<FieldCase>, provider: string): Promise<FieldApp> {
    const { resolveAccount } = given;
    const registration = ButtonMessagingModule.forRoot(
      untyped({
        accounts: accountsAt(provider, given),
        defaultAccount: 'sales',
        webhooks: {},
        logger: false,
        ...(resolveAccount && {
          resolveAccount: (name: string) => resolveAccount[name] && { baseUrl: provider, ...resolveAccount[name] },
        }),
        ...given.module,
      }),
    );
    const module = await Test.createTestingModule({ imports: [registration] }).compile();
    const adapter = given.platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const app = module.createNestApplication(adapter, { logger: false });
    await app.listen(0, '127.0.0.1');
    return new FieldApp(app, await app.getUrl());
  }

  async call({ call, args }: Call): Promise<unknown> {
    const [name = '', method = ''] = call.split('.');
    const service = Object.entries(SERVICES).find(([key]) => key === name)?.[1];
    if (!service) throw new Error(`There is no ${name}`);
    const instance: object = this.app.get(service, { strict: false });
    const member: unknown = Reflect.get(instance, method);
    if (typeof member !== 'function') throw new Error(`There is no ${call}`);
    return await Reflect.apply(member, instance, args);
  }

  /** Records the statuses of one message. */
  statusesOf(sent: unknown): string[] {
    const statuses: string[] = [];
    this.app
      .get(ButtonMessagingEvents, { strict: false })
      .of(untyped<SentMessage>(sent))
      .subscribe((event) => {
        if (event.kind === 'message-status') statuses.push(event.status);
      });
    return statuses;
  }

  /** Posts a webhook as its provider does, and returns the response status. */
  async post({ account, body, by }: Hook): Promise<number> {
    const raw = JSON.stringify(body);
    const query = by?.query ? `?${by.query}` : '';
    const response = await fetch(`${this.url}/webhooks/${PROVIDER_OF[account]}/${account}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(by?.headers ?? credentialsOf(account, raw)) },
      body: raw,
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Posts a text and waits for its event. Earlier webhooks are then handled. */
  async idle(account: AccountName): Promise<void> {
    this.sentinels += 1;
    const text = `sentinel ${this.sentinels}`;
    const status = await this.post({ account, body: sentinelOf(account, text) });
    if (status !== 200) throw new Error(`The sentinel of ${account} was answered ${status}`);
    await until(() => this.events.some((event) => event.text === text));
    const at = this.events.findIndex((event) => event.text === text);
    this.events.splice(at, 1);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  private stream(name: string, take: (event: Fields) => void): void {
    const source: unknown = Reflect.get(this.app.get(ButtonMessagingEvents, { strict: false }), name);
    if (!isFields(source) && typeof source !== 'object') return;
    untyped<ButtonMessagingEvents['events$']>(source).subscribe((event: unknown) => {
      if (isFields(event)) take(event);
    });
  }
}

function accountsAt(baseUrl: string, { options = {}, more = [] }: Partial<FieldCase>): Fields[] {
  return [
    {
      provider: 'z-api',
      name: 'sales',
      instanceId: 'INST1',
      token: 'token-of-INST1',
      webhookSecret: 'zapi-hook-secret',
      baseUrl,
      ...options.sales,
    },
    {
      provider: 'chatvolt',
      name: 'support',
      apiKey: 'key-of-support',
      agentId: 'agent-1',
      webhookSecret: 'chatvolt-hook-secret',
      baseUrl,
      ...options.support,
    },
    {
      provider: 'whatsapp-cloud',
      name: 'official',
      phoneNumberId: '1065403522',
      accessToken: 'access-of-official',
      appSecret: 'secret-of-official',
      verifyToken: 'verify-official',
      baseUrl,
      ...options.official,
    },
    ...more.map((account) => ({ baseUrl, ...account })),
  ];
}

function credentialsOf(account: AccountName, raw: string): Record<string, string> {
  if (account === 'sales') return { 'z-api-token': 'token-of-INST1' };
  if (account === 'support') return { authorization: 'Bearer chatvolt-hook-secret' };
  return { 'x-hub-signature-256': signed('secret-of-official', raw) };
}

function sentinelOf(account: AccountName, text: string): Fields {
  const phone = '5521977771234';
  if (account === 'sales') {
    const content = { messageId: text, phone, fromMe: false, momment: Date.now(), isGroup: false };
    return { type: 'ReceivedCallback', instanceId: 'INST1', status: 'RECEIVED', ...content, text: { message: text } };
  }
  if (account === 'support') {
    const ids = { conversationId: 'conv-sentinel', messageId: text, agentId: 'agent-1', userPhone: phone };
    const createdAt = new Date().toISOString();
    return { eventType: 'USER_MESSAGE_RECEIVED', channel: 'whatsapp', ...ids, userMessage: text, createdAt };
  }
  const timestamp = String(Math.floor(Date.now() / 1000));
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '551140000000', phone_number_id: '1065403522' },
    contacts: [{ profile: { name: 'Sentinel' }, wa_id: phone }],
    messages: [{ from: phone, id: text, timestamp, type: 'text', text: { body: text } }],
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '10000000001', changes: [{ field: 'messages', value }] }],
  };
}
