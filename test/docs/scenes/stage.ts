import type { INestApplication } from '@nestjs/common';
import { Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { GatewaySimulator, type SimulatedAccount } from '../../../lib/simulator/index.js';

/** What a block exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;
/** Uses what a block exports, and expects what its document says. */
export type Scene = (exports: Exports, code: string) => Promise<void>;

export const ADAPTERS: readonly (() => AbstractHttpAdapter)[] = [
  () => new ExpressAdapter(),
  () => new FastifyAdapter(),
];

/** A class that a block exports. */
export function classIn<T = object>(exports: Exports, name: string): Type<T> {
  const found = exports[name];
  if (!isClass<T>(found)) throw new Error(`The block exports no class ${name}`);
  return found;
}

/** A function that a block exports. */
export function functionIn(exports: Exports, name: string): (...parameters: unknown[]) => Promise<unknown> {
  const found = exports[name];
  if (typeof found !== 'function') throw new Error(`The block exports no function ${name}`);
  return async (...parameters) => found(...parameters);
}

/** A module of these parts. */
export function moduleOf(parts: ModuleMetadata): Type {
  class SceneModule {}
  Module(parts)(SceneModule);
  return SceneModule;
}

/** Plays with a simulator and applications, and ends all of them. */
export async function play(work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = new Stage(await GatewaySimulator.start());
  try {
    await work(stage);
  } finally {
    await stage.end();
  }
}

export class Stage {
  private readonly apps: INestApplication[] = [];
  private readonly environment = { ...process.env };

  constructor(readonly simulator: GatewaySimulator) {}

  /** The simulated account of a provider. */
  account<P extends SimulatedAccount['provider']>(provider: P): Extract<SimulatedAccount, { provider: P }> {
    const found = this.simulator.accounts().find((account) => account.provider === provider);
    if (!found || !isOf(found, provider)) throw new Error(`The simulator has no account of ${provider}`);
    return found;
  }

  /** The credentials in the environment, as the documents' `forRoot()` reads them. */
  setEnvironment(...providers: SimulatedAccount['provider'][]): void {
    const [zApi, cloud] = [this.account('z-api'), this.account('whatsapp-cloud')];
    const ofZApi = {
      Z_API_INSTANCE_ID: zApi.instanceId,
      Z_API_TOKEN: zApi.token,
      Z_API_CLIENT_TOKEN: zApi.clientToken,
      Z_API_BASE_URL: zApi.baseUrl,
    };
    const ofCloud = {
      WHATSAPP_PHONE_NUMBER_ID: cloud.phoneNumberId,
      WHATSAPP_ACCESS_TOKEN: cloud.accessToken,
      WHATSAPP_APP_SECRET: cloud.appSecret,
      WHATSAPP_VERIFY_TOKEN: cloud.verifyToken,
      WHATSAPP_BASE_URL: cloud.baseUrl,
    };
    Object.assign(
      process.env,
      providers.includes('z-api') ? ofZApi : {},
      providers.includes('whatsapp-cloud') ? ofCloud : {},
    );
  }

  /** Starts an application, which hears the simulator's webhooks at `/webhooks`. */
  async start(
    module: Type,
    setup: {
      adapter?: () => AbstractHttpAdapter;
      rawBody?: boolean;
      replace?: [Type, unknown];
      providers?: Provider[];
    } = {},
  ): Promise<{ app: INestApplication; url: string }> {
    const builder = Test.createTestingModule({ imports: [module], providers: setup.providers ?? [] });
    if (setup.replace) builder.overrideProvider(setup.replace[0]).useValue(setup.replace[1]);
    const compiled = await builder.compile();
    const adapter = (setup.adapter ?? (() => new ExpressAdapter()))();
    const app = compiled.createNestApplication(adapter, { logger: false, rawBody: setup.rawBody ?? false });
    this.apps.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    this.simulator.webhooks(`${url}/webhooks`);
    return { app, url };
  }

  async end(): Promise<void> {
    process.env = this.environment;
    for (const app of this.apps.toReversed()) await app.close();
    await this.simulator.close();
  }
}

function isClass<T>(value: unknown): value is Type<T> {
  return typeof value === 'function';
}

function isOf<P extends SimulatedAccount['provider']>(
  account: SimulatedAccount,
  provider: P,
): account is Extract<SimulatedAccount, { provider: P }> {
  return account.provider === provider;
}
