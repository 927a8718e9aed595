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

/** Whatever could be a telephone number, down to its last four digits: a provider's words may repeat one. */
function maskNumbers(line: string): string {
  return line.replace(/\+?\d[\d\s().-]{5,}\d/g, (number) => {
    const digits = number.replace(/\D/g, '');
    return digits.length < 8 ? number : `…${digits.slice(-4)}`;
  });
}
