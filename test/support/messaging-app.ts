import { inspect } from 'node:util';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  type ButtonMessagingError,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  type ChatvoltAccountOptions,
  ChatvoltService,
  InvalidMessageError,
  type WhatsAppCloudAccountOptions,
  WhatsAppCloudService,
  type ZApiAccountOptions,
  ZApiService,
} from '../../lib/index.js';

/** A started application with the module in it. */
export interface MessagingApp {
  module: TestingModule;
  zApi: ZApiService;
  chatvolt: ChatvoltService;
  cloud: WhatsAppCloudService;
  messaging: ButtonMessagingService;
  close(): Promise<void>;
}

export interface MessagingAppSetup {
  register?: (options: ButtonMessagingModuleOptions) => DynamicModule;
  imports?: (DynamicModule | Type)[];
  providers?: Provider[];
}

/** Starts an application with these options: silent, and of one attempt, unless they say otherwise. */
export async function startMessaging(
  options: ButtonMessagingModuleOptions,
  { register = (given) => ButtonMessagingModule.forRoot(given), imports = [], providers = [] }: MessagingAppSetup = {},
): Promise<MessagingApp> {
  const registration = register({ logger: false, retry: { attempts: 1 }, ...options });
  const module = await Test.createTestingModule({ imports: [registration, ...imports], providers }).compile();
  await module.init();
  return {
    module,
    zApi: module.get(ZApiService, { strict: false }),
    chatvolt: module.get(ChatvoltService, { strict: false }),
    cloud: module.get(WhatsAppCloudService, { strict: false }),
    messaging: module.get(ButtonMessagingService, { strict: false }),
    close: () => module.close(),
  };
}

export function zApiAccount(baseUrl: string, more: Partial<ZApiAccountOptions> = {}): ZApiAccountOptions {
  return { provider: 'z-api', name: 'zap', instanceId: 'INSTANCE', token: 'INSTANCETOKEN', baseUrl, ...more };
}

export function chatvoltAccount(baseUrl: string, more: Partial<ChatvoltAccountOptions> = {}): ChatvoltAccountOptions {
  return { provider: 'chatvolt', name: 'volt', apiKey: 'APIKEY', agentId: 'agent-123', baseUrl, ...more };
}

export function cloudAccount(
  baseUrl: string,
  more: Partial<WhatsAppCloudAccountOptions> = {},
): WhatsAppCloudAccountOptions {
  return { provider: 'whatsapp-cloud', name: 'meta', phoneNumberId: '1055', accessToken: 'ACCESS', baseUrl, ...more };
}

/** One account of each provider: `zap`, `volt` and `meta`. */
export function oneOfEach(baseUrl: string) {
  return [zApiAccount(baseUrl), chatvoltAccount(baseUrl), cloudAccount(baseUrl)];
}

/** What the promise was rejected with; a fault of the test where it was not. */
export async function errorOf(promise: Promise<unknown>): Promise<ButtonMessagingError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error as ButtonMessagingError;
  }
  throw new Error(`It was expected to fail, and gave ${inspect(value, { depth: 2 })}`);
}

/** The paths of an invalid message, in alphabetical order. */
export async function faultyPaths(promise: Promise<unknown>): Promise<string[]> {
  const error = await errorOf(promise);
  if (!(error instanceof InvalidMessageError)) throw error;
  return error.issues.map(({ path }) => path).sort();
}

/** Plain data of the right and the wrong kind, as it comes from outside. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
