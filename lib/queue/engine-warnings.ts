import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** What an engine says while it opens, kept until there is a logger: that of the core needs the engine's stores first. */
export class EngineWarnings {
  private readonly pending: string[] = [];
  private logger: MessagingLogger | undefined;

  warn(line: string): void {
    if (this.logger) this.logger.warn(line);
    else this.pending.push(line);
  }

  /** Tells what was kept, and what comes, to this logger. */
  log(logger: MessagingLogger): void {
    this.logger = logger;
    for (const line of this.pending.splice(0)) logger.warn(line);
  }
}
