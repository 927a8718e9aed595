import { Controller, Get, Query } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { ButtonMessagingHealthIndicator } from 'nestjs-button-messaging/health';

/** Reports whether the accounts can send: all of them, or `?account=z-api`. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly messaging: ButtonMessagingHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check(@Query('account') account?: string) {
    return this.health.check([() => this.messaging.check('messaging', account)]);
  }
}
