import { Logger, type LoggerService } from '@nestjs/common';

const SILENT: LoggerService = Object.freeze({ log: () => {}, error: () => {}, warn: () => {}, debug: () => {} });

/** Where the module's log lines go: Nest's logger, the user's own, or nowhere. */
export class MessagingLogger {
  private readonly target: LoggerService;

  constructor(logger: boolean | LoggerService) {
    if (typeof logger !== 'boolean') this.target = logger;
    else this.target = logger ? new Logger('ButtonMessaging') : SILENT;
  }

  debug(line: string): void {
    this.target.debug?.(maskNumbers(line));
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
