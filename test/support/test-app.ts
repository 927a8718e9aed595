import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingHttp,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ChatvoltService,
  WhatsAppCloudService,
  ZApiService,
} from '../../lib/index.js';

/** A started application with the module, and the module's services. */
export type TestApp = Awaited<ReturnType<typeof openApp>>;

export interface TestAppSetup {
  register?: (options: ButtonMessagingModuleOptions) => DynamicModule;
  imports?: (DynamicModule | Type)[];
  providers?: Provider[];
}

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Starts an application with the defaults that users have. It logs nothing unless the options name a logger. */
export async function openApp(
  options: ButtonMessagingModuleOptions,
  { register = (given) => ButtonMessagingModule.forRoot(given), imports = [], providers = [] }: TestAppSetup = {},
) {
  for (const name of PROXIES) delete process.env[name];
  const registration = register({ logger: false, ...options });
  const app = await Test.createTestingModule({ imports: [registration, ...imports], providers }).compile();
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

/** The same with one attempt, for tests of what a single response means: retries would only repeat the request. */
export function openAppWithoutRetries(options: ButtonMessagingModuleOptions, setup?: TestAppSetup): Promise<TestApp> {
  return openApp({ retry: { attempts: 1 }, ...options }, setup);
}

/** Applications that are closed after each test. */
export class OpenApps {
  private readonly apps: TestApp[] = [];

  open = async (...given: Parameters<typeof openApp>): Promise<TestApp> => {
    const app = await openApp(...given);
    this.apps.push(app);
    return app;
  };

  close = async (): Promise<void> => {
    await Promise.all(this.apps.splice(0).map((app) => app.close()));
  };
}
