import { Injectable, IntrinsicException } from '@nestjs/common';
import { errorName } from '../../errors/error-name.js';
import { fieldsOfEvent, type LogFields } from '../../telemetry/log-fields.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import type { CallOutcome, ErrorSource } from './call-outcome.js';
import { HANDLER_CONTEXT_TYPE } from './handler-context.js';

const LOG_INTERVAL_MS = 60_000;

/** The handler and event of a report. */
export interface ReportedRun {
  /** For example `AppointmentsService.confirmed`. */
  handler: string;
  className: string;
  event: { kind: string; account: string; provider: string };
}

/** Logs the outcome of an event at a handler, unless the handler completed. */
@Injectable()
export class HandlerReports {
  private readonly loggedAt = new Map<string, number>();

  constructor(private readonly logger: MessagingLogger) {}

  // The text of an error may contain the customer's message.
  report(run: ReportedRun, outcome: CallOutcome): void {
    for (const source of outcome.skipped) this.reportSkipped(run, source);
    const { failure, isDenied } = outcome;
    if (!failure) return;
    if (isDenied && failure.kind === 'guard') {
      const denied = `the handler ${run.handler} ${eventOf(run)}`;
      this.logger.warn(`The guard ${failure.name} denied ${denied}.${adviceOf(run, failure)}`, fieldsOf(run));
      return;
    }
    const { error } = failure;
    const fields = { ...fieldsOf(run), error: errorName(error) };
    // Nest does not log these either.
    const cause = error instanceof Error && !(error instanceof IntrinsicException) ? error : undefined;
    this.logger.error(failureLine(run, failure, outcome), fields, cause);
  }

  /** Logs one line per minute for each enhancer and handler, because every event causes the same error. */
  private reportSkipped(run: ReportedRun, source: ErrorSource): void {
    const key = JSON.stringify([source.kind, source.name, run.handler]);
    const now = performance.now();
    const last = this.loggedAt.get(key);
    if (last !== undefined && now - last < LOG_INTERVAL_MS) return;
    this.loggedAt.set(key, now);
    this.logger.error(
      `The global ${source.kind} ${source.name} does not support the event handler ${run.handler} (${errorName(source.error)}) ` +
        `and was skipped: it expects HTTP requests.${adviceOf(run, source)}`,
      { ...fieldsOf(run), error: errorName(source.error) },
    );
  }
}

function fieldsOf({ handler, event }: ReportedRun): LogFields {
  return { ...fieldsOfEvent(event), handler };
}

function failureLine(run: ReportedRun, failure: ErrorSource, outcome: CallOutcome): string {
  const { handlerError, filterFailure, hasRun } = outcome;
  const parts = [`The handler ${run.handler} failed on ${eventOf(run)}: ${causeOf(failure)}.`];
  if (handlerError !== undefined) parts.push(` The handler itself threw ${errorName(handlerError)}.`);
  if (!hasRun && failure.kind !== 'handler') parts.push(' The handler did not run.');
  parts.push(adviceOf(run, failure));
  if (filterFailure) {
    const { name, error } = filterFailure;
    parts.push(` Its filter ${name} failed too: ${errorName(error)}.${adviceOf(run, filterFailure)}`);
  }
  return parts.join('');
}

function causeOf({ kind, name, error }: ErrorSource): string {
  switch (kind) {
    case 'handler':
      return errorName(error);
    case 'instance':
      return `it could not be created, ${errorName(error)}`;
    case 'parameter':
      return `the decorator of parameter ${name} threw ${errorName(error)}`;
    default:
      return `its ${kind} ${name} threw ${errorName(error)}`;
  }
}

/** Returns advice for an enhancer that expects HTTP requests. */
function adviceOf({ className }: ReportedRun, { kind, isMistaken, isThrottler }: ErrorSource): string {
  if (!isMistaken) return '';
  if (kind === 'pipe') return " Let it return values of type 'custom' unchanged.";
  const pass = `et it pass if context.getType() is '${HANDLER_CONTEXT_TYPE}'.`;
  return isThrottler ? ` Put @SkipThrottle() on ${className}, or l${pass}` : ` L${pass}`;
}

function eventOf({ event: { kind, account } }: ReportedRun): string {
  return `a ${kind} event of account ${account}`;
}
