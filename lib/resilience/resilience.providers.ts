import type { Provider } from '@nestjs/common';
import { Breakers } from './circuit-breakers.js';
import { IdempotencyGuard } from './idempotency.service.js';
import { Pacer } from './pacer.js';
import { Delivery } from './request.executor.js';

export const RESILIENCE_PROVIDERS: readonly Provider[] = [IdempotencyGuard, Pacer, Breakers, Delivery];
