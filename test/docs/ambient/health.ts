/** What an example takes for granted in a health controller. */
import type { HealthCheckService } from '@nestjs/terminus';
import type { ButtonMessagingQueueHealthIndicator } from 'nestjs-button-messaging/health';

export declare class Surroundings {
  protected readonly health: HealthCheckService;
  protected readonly queue: ButtonMessagingQueueHealthIndicator;
}
