import { Injectable } from '@nestjs/common';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** Buffers warnings of an engine until the core's logger exists, which needs the engine's stores first. */
@Injectable()
export class EngineWarnings {
  private readonly pending: string[] = [];
  private logger: MessagingLogger | undefined;

  warn(line: string): void {
    if (this.logger) this.logger.warn(line);
    else this.pending.push(line);
  }

  /** Logs the buffered and all later warnings. */
  logTo(logger: MessagingLogger): void {
    this.logger = logger;
    for (const line of this.pending.splice(0)) logger.warn(line);
  }
}
