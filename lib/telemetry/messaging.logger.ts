import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import { isRecord } from '../validation/is-record.js';
import type { LogFields } from './log-fields.js';
import { oneLine } from './one-line.js';

/** The context of the log lines. */
const CONTEXT = 'ButtonMessaging';

const SILENT_LOGGER: LoggerService = Object.freeze({ log: () => {}, error: () => {}, warn: () => {}, debug: () => {} });

/** The format of structured log lines. */
export interface StructuredLogs {
  /** The field of the text. */
  messageKey: string;
}

/** Writes log lines to Nest's logger, to the application's own logger, or nowhere. */
export class MessagingLogger {
  private readonly target: LoggerService;
  /** What the application's own logger gets in addition to the line, as from Nest. */
  private readonly context: readonly string[];

  /** @param structured Logs objects with fields. Without it only the text is logged. */
  constructor(
    logger: boolean | LoggerService,
    private readonly structured: StructuredLogs | false = false,
  ) {
    if (typeof logger !== 'boolean') this.target = logger;
    else this.target = logger ? new Logger(CONTEXT) : SILENT_LOGGER;
    // Nest's Logger adds its own context.
    this.context = this.target instanceof Logger && hasContext(this.target) ? [] : [CONTEXT];
  }

  /** @param line A function for lines of every send. It is called only if the level may be enabled. */
  debug(line: string | (() => string), fields?: () => LogFields): void {
    if (this.isDebugging()) this.target.debug?.(...this.entry(typeof line === 'string' ? line : line(), fields?.()));
  }

  log(line: string, fields?: LogFields): void {
    this.target.log(...this.entry(line, fields));
  }

  warn(line: string, fields?: LogFields): void {
    this.target.warn(...this.entry(line, fields));
  }

  /** @param cause An error of the application's own code. Only its stack frames are logged. */
  error(line: string, fields?: LogFields, cause?: Error): void {
    const withStack = cause && this.structured ? { ...fields, stack: framesOf(cause) } : fields;
    const [entry, ...context] = this.entry(line, withStack);
    const stack = cause && !this.structured ? [framesOf(cause)] : [];
    this.target.error(entry, ...stack, ...context);
  }

  private entry(line: string, fields: LogFields = {}): [line: string | object, ...context: string[]] {
    const text = maskNumbers(oneLine(line));
    if (!this.structured) return [text, ...this.context];
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    return [{ [this.structured.messageKey]: text, ...Object.fromEntries(known) }, ...this.context];
  }

  // The application's own logger decides about levels itself.
  private isDebugging(): boolean {
    if (this.target instanceof Logger) return Logger.isLevelEnabled('debug') || isDebuggingByDefault();
    return this.target !== SILENT_LOGGER;
  }
}

/** Without levels set by the application, Nest 11 reports none as enabled, although its logger has default levels. */
function isDebuggingByDefault(): boolean {
  const logger: unknown = Reflect.get(Logger, 'staticInstanceRef');
  if (Reflect.get(Logger, 'logLevels') !== undefined || !isRecord(logger)) return false;
  return !(logger instanceof ConsoleLogger) || logger.isLevelEnabled('debug');
}

function hasContext(logger: Logger): boolean {
  return Reflect.get(logger, 'context') !== undefined;
}

/** Returns the stack frames of an error without its text, which may contain what a customer wrote. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/.source;
const NUMBER = /\+?\d[\d\s().-]{5,}\d/.source;
const UUID_OR_NUMBER = new RegExp(`(${UUID})|${NUMBER}`, 'gi');

/** Masks everything that may be a phone number, except for the last four digits. A provider's text may repeat one. */
function maskNumbers(line: string): string {
  // IDs are not masked, because users search for them.
  return line.replace(UUID_OR_NUMBER, (found: string, id: string | undefined) => {
    const digits = found.replace(/\D/g, '');
    return id !== undefined || digits.length < 8 ? found : `…${digits.slice(-4)}`;
  });
}
