import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** What an engine says while it opens, kept until there is a logger: that of the core needs the engine's stores first. */
export class EngineWarnings {
  private readonly kept: string[] = [];
  private logger: MessagingLogger | undefined;

  warn(line: string): void {
    if (this.logger) this.logger.warn(line);
    else this.kept.push(line);
  }

  /** Tells what was kept, and what comes, to this logger. */
  tell(logger: MessagingLogger): void {
    this.logger = logger;
    for (const line of this.kept.splice(0)) logger.warn(line);
  }
}
