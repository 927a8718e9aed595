import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import { isRecord } from '../validation/is-record.js';
import type { LogFields } from './log-fields.js';
import { oneLine } from './one-line.js';

/** Under which name the lines appear. */
const CONTEXT = 'ButtonMessaging';

const SILENT_LOGGER: LoggerService = Object.freeze({ log: () => {}, error: () => {}, warn: () => {}, debug: () => {} });

/** How a line becomes an object. */
export interface StructuredLogs {
  /** The field that holds the text. */
  messageKey: string;
}

/** Where the module's log lines go: Nest's logger, the user's own, or nowhere. */
export class MessagingLogger {
  private readonly target: LoggerService;
  /** What a logger of the user's own is told beside the line, as Nest tells it. */
  private readonly context: readonly string[];

  /** @param structured Where the line stands in an object of its fields; without it, the line is all that is told. */
  constructor(
    logger: boolean | LoggerService,
    private readonly structured: StructuredLogs | false = false,
  ) {
    if (typeof logger !== 'boolean') this.target = logger;
    else this.target = logger ? new Logger(CONTEXT) : SILENT_LOGGER;
    // Nest's Logger adds the context that it was made with.
    this.context = this.target instanceof Logger && hasContext(this.target) ? [] : [CONTEXT];
  }

  /** @param line A function where every send has the line: it is made only where somebody may hear it. */
  debug(line: string | (() => string), fields?: () => LogFields): void {
    if (this.isDebugging()) this.target.debug?.(...this.told(typeof line === 'string' ? line : line(), fields?.()));
  }

  log(line: string, fields?: LogFields): void {
    this.target.log(...this.told(line, fields));
  }

  warn(line: string, fields?: LogFields): void {
    this.target.warn(...this.told(line, fields));
  }

  /** @param cause An error of the application's own code, of which only the place is told. */
  error(line: string, fields?: LogFields, cause?: Error): void {
    const [told, ...context] = this.told(
      line,
      cause && this.structured ? { ...fields, stack: framesOf(cause) } : fields,
    );
    const stack = cause && !this.structured ? [framesOf(cause)] : [];
    this.target.error(told, ...stack, ...context);
  }

  private told(line: string, fields: LogFields = {}): [line: string | object, ...context: string[]] {
    const text = maskNumbers(oneLine(line));
    if (!this.structured) return [text, ...this.context];
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    return [{ [this.structured.messageKey]: text, ...Object.fromEntries(known) }, ...this.context];
  }

  // What a logger of the user's own does with a level is its own business.
  private isDebugging(): boolean {
    if (this.target instanceof Logger) return Logger.isLevelEnabled('debug') || isDebuggingByDefault();
    return this.target !== SILENT_LOGGER;
  }
}

/** Nest 11 takes no level for enabled where the application has set none; its logger then has levels of its own. */
function isDebuggingByDefault(): boolean {
  const logger: unknown = Reflect.get(Logger, 'staticInstanceRef');
  if (Reflect.get(Logger, 'logLevels') !== undefined || !isRecord(logger)) return false;
  return !(logger instanceof ConsoleLogger) || logger.isLevelEnabled('debug');
}

function hasContext(logger: Logger): boolean {
  return Reflect.get(logger, 'context') !== undefined;
}

/** Where an error was thrown. Its own text may hold what a customer wrote. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
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
