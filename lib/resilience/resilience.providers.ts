import type { Provider } from '@nestjs/common';
import { CircuitBreakers } from './circuit-breakers.js';
import { IdempotencyService } from './idempotency.service.js';
import { Pacer } from './pacer.js';
import { RequestExecutor } from './request.executor.js';

export const RESILIENCE_PROVIDERS: readonly Provider[] = [IdempotencyService, Pacer, CircuitBreakers, RequestExecutor];
