import type { Provider } from '@nestjs/common';
import { Breakers } from './breakers.js';
import { Delivery } from './delivery.js';
import { IdempotencyGuard } from './idempotency/idempotency.guard.js';
import { Pacer } from './pacing/pacer.js';

export const RESILIENCE_PROVIDERS: readonly Provider[] = [IdempotencyGuard, Pacer, Breakers, Delivery];
