import { Module } from '@nestjs/common';
import { AttemptsSpanProcessor } from './attempts.span-processor.js';
import { TimelinesService } from './timelines.service.js';

/** Provides the timelines, to which OpenTelemetry's spans add each attempt. */
@Module({ providers: [TimelinesService, AttemptsSpanProcessor], exports: [TimelinesService] })
export class TimelinesModule {}
