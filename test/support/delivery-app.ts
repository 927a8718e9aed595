import { Test } from '@nestjs/testing';
import {
  type AccountOptions,
  type ButtonMessage,
  ButtonMessagingError,
  ButtonMessagingHttp,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ChatvoltService,
  WhatsAppCloudService,
  ZApiService,
} from '../../lib/index.js';

/** An application with the module in it, and the module's services at hand. */
export type MessagingApp = Awaited<ReturnType<typeof openApp>>;

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Starts an application. Its log is silent where the options name no logger. */
export async function openApp(
  options: ButtonMessagingModuleOptions,
  register = (given: ButtonMessagingModuleOptions) => ButtonMessagingModule.forRoot(given),
) {
  for (const name of PROXIES) delete process.env[name];
  const app = await Test.createTestingModule({ imports: [register({ logger: false, ...options })] }).compile();
  await app.init();
  return {
    app,
    messaging: app.get(ButtonMessagingService, { strict: false }),
    zApi: app.get(ZApiService, { strict: false }),
    chatvolt: app.get(ChatvoltService, { strict: false }),
    cloud: app.get(WhatsAppCloudService, { strict: false }),
    http: app.get(ButtonMessagingHttp, { strict: false }),
    close: () => app.close(),
  };
}

/** Applications that are closed after the test, in place of a variable and a hook in each file. */
export class OpenApps {
  private readonly apps: MessagingApp[] = [];

  open = async (...given: Parameters<typeof openApp>): Promise<MessagingApp> => {
    const app = await openApp(...given);
    this.apps.push(app);
    return app;
  };

  close = async (): Promise<void> => {
    await Promise.all(this.apps.splice(0).map((app) => app.close()));
  };
}

type Of<P extends AccountOptions['provider']> = Partial<Extract<AccountOptions, { provider: P }>>;

export const zApiAccount = (baseUrl: string, given: Of<'z-api'> = {}): AccountOptions => ({
  provider: 'z-api',
  name: 'z',
  instanceId: 'INSTANCE-CANARY',
  token: 'TOKEN-CANARY',
  baseUrl,
  ...given,
});

export const chatvoltAccount = (baseUrl: string, given: Of<'chatvolt'> = {}): AccountOptions => ({
  provider: 'chatvolt',
  name: 'c',
  apiKey: 'KEY-CANARY',
  agentId: 'agent-1',
  baseUrl,
  ...given,
});

export const cloudAccount = (baseUrl: string, given: Of<'whatsapp-cloud'> = {}): AccountOptions => ({
  provider: 'whatsapp-cloud',
  name: 'w',
  phoneNumberId: '106540352242922',
  accessToken: 'ACCESS-CANARY',
  baseUrl,
  ...given,
});

/** What each provider answers to a message that it takes. */
export const ACCEPTED = {
  zApi: { body: { zaapId: 'ZAAP1', messageId: 'MESSAGE1', id: 'MESSAGE1' } },
  chatvolt: { body: { success: true, message: { id: 'MESSAGE1' } } },
  cloud: { body: { messaging_product: 'whatsapp', messages: [{ id: 'wamid.MESSAGE1' }] } },
};

/** A possible telephone number, another for each index. */
export const phoneOf = (index: number): string => `55119${String(90_000_000 + index)}`;

/** A message that every provider carries, Chatvolt where `to` is a conversation. */
export const messageTo = (to: ButtonMessage['to'] = phoneOf(0), text = 'Shall we meet?'): ButtonMessage => ({
  to,
  text,
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
});

/** The error with which a promise fails, which must be one of this package. */
export async function errorOf(promise: Promise<unknown>): Promise<ButtonMessagingError> {
  const error = await promise.then(
    (value) => new Error(`Did not fail, but gave ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof ButtonMessagingError) return error;
  throw error;
}
