import { Logger, type LoggerService } from '@nestjs/common';

const SILENT: LoggerService = Object.freeze({ log: () => {}, error: () => {}, warn: () => {}, debug: () => {} });

/** Where the module's log lines go: Nest's logger, the user's own, or nowhere. */
export class MessagingLogger {
  private readonly target: LoggerService;

  constructor(logger: boolean | LoggerService) {
    if (typeof logger !== 'boolean') this.target = logger;
    else this.target = logger ? new Logger('ButtonMessaging') : SILENT;
  }

  /** @param line A function where every send has the line: it is made only where somebody may hear it. */
  debug(line: string | (() => string)): void {
    if (this.isDebugging()) this.target.debug?.(maskNumbers(typeof line === 'string' ? line : line()));
  }

  log(line: string): void {
    this.target.log(maskNumbers(line));
  }

  warn(line: string): void {
    this.target.warn(maskNumbers(line));
  }

  error(line: string): void {
    this.target.error(maskNumbers(line));
  }

  // What a logger of the user's own does with a level is its own business.
  private isDebugging(): boolean {
    if (this.target instanceof Logger) return Logger.isLevelEnabled('debug');
    return this.target !== SILENT;
  }
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/.source;
const NUMBER = /\+?\d[\d\s().-]{5,}\d/.source;
const UUID_OR_NUMBER = new RegExp(`(${UUID})|${NUMBER}`, 'gi');

/** Whatever could be a telephone number, down to its last four digits: a provider's words may repeat one. */
function maskNumbers(line: string): string {
  // Ids stay whole, however many digits are in them: people look for them.
  return line.replace(UUID_OR_NUMBER, (found: string, id: string | undefined) => {
    const digits = found.replace(/\D/g, '');
    return id !== undefined || digits.length < 8 ? found : `…${digits.slice(-4)}`;
  });
}
