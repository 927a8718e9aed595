export { type AccountHealth, ButtonMessagingHealthIndicator } from './button-messaging.health-indicator.js';
export { ButtonMessagingHealthModule } from './button-messaging-health.module.js';
export {
  ButtonMessagingQueueHealthIndicator,
  type QueueHealth,
  type QueueHealthLimits,
} from './button-messaging-queue.health-indicator.js';
export type { HealthFinding } from './health-finding.js';
export type { ButtonMessagingHealthOptions } from './health-options.interface.js';
