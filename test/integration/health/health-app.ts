import { Controller, type DynamicModule, Get, type INestApplication, Module, Query, type Type } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingHealthIndicator,
  ButtonMessagingHealthModule,
  ButtonMessagingQueueHealthIndicator,
} from '../../../lib/health/index.js';
import { ButtonMessagingModule, type ButtonMessagingModuleOptions } from '../../../lib/index.js';

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly messaging: ButtonMessagingHealthIndicator,
    private readonly queue: ButtonMessagingQueueHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check(@Query('account') account?: string) {
    return this.health.check([() => this.messaging.check('messaging', account)]);
  }

  @Get('queue')
  @HealthCheck()
  checkQueue(@Query('maxWaiting') maxWaiting?: string, @Query('maxHeld') maxHeld?: string) {
    const limits = {
      ...(maxWaiting !== undefined && { maxWaiting: Number(maxWaiting) }),
      ...(maxHeld !== undefined && { maxHeld: Number(maxHeld) }),
    };
    return this.health.check([() => this.queue.check('queue', limits)]);
  }
}

export interface HealthAppSetup {
  messaging: ButtonMessagingModuleOptions;
  register?: (options: ButtonMessagingModuleOptions) => DynamicModule;
  /** The health module as an application would import it. */
  health?: DynamicModule | Type;
  imports?: DynamicModule[];
  platform?: () => AbstractHttpAdapter;
}

/** The response of a health route. */
export interface HealthAnswer {
  status: number;
  details: Record<string, Record<string, unknown>>;
  text: string;
}

/** An application with a health route in its own module, as in the documentation. */
export class HealthApp {
  private constructor(
    private readonly app: INestApplication,
    private readonly url: string,
  ) {}

  static async start({
    messaging,
    register = (options) => ButtonMessagingModule.forRoot(options),
    health = ButtonMessagingHealthModule,
    imports = [],
    platform = () => new ExpressAdapter(),
  }: HealthAppSetup): Promise<HealthApp> {
    @Module({ imports: [TerminusModule, health], controllers: [HealthController] })
    class HealthModule {}

    const registration = register({ logger: false, retry: { attempts: 1 }, ...messaging });
    const module = await Test.createTestingModule({ imports: [registration, HealthModule, ...imports] }).compile();
    const app = module.createNestApplication(platform(), { logger: false });
    await app.listen(0, '127.0.0.1');
    return new HealthApp(app, await app.getUrl());
  }

  get<T>(token: Type<T>): T {
    return this.app.get(token, { strict: false });
  }

  async check(path = ''): Promise<HealthAnswer> {
    const response = await fetch(`${this.url}/health${path}`);
    const text = await response.text();
    return { status: response.status, details: JSON.parse(text).details, text };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
