import { isRecord } from '../../validation/is-record.js';

/** SQLSTATEs of lost connections, after which the statement may have been executed. */
const OUTCOME_UNKNOWN = /^(08(?!001|004)|57P(?!03))/;

/** Reasons that need an action, by SQLSTATE. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SENTENCES: Readonly<Record<string, string>> = {
  '25006': 'PostgreSQL is read-only, for example a replica',
  '42501': 'PostgreSQL rejects the statement: the role lacks a privilege that the queue needs',
  '53100': 'PostgreSQL has no disk space left',
  '53200': 'PostgreSQL has no memory left',
  '53300': 'PostgreSQL has too many connections',
  '53400': 'PostgreSQL has reached a limit of its configuration',
  '57014': 'PostgreSQL cancelled the statement, or it timed out',
  '57P03': 'PostgreSQL is starting up, shutting down or recovering',
};
/** The server's text for these may quote a value of the message. */
const OF_DATA = /^2[23]/;

/** Returns why the server rejected a statement, or undefined if it may have executed it. */
export function postgresRefusal(error: unknown): string | undefined {
  const { code, message, severity } = isRecord(error) ? error : {};
  // Only the server's errors have a severity. Codes of the system, such as EPIPE, look similar.
  if (typeof code !== 'string' || typeof severity !== 'string' || OUTCOME_UNKNOWN.test(code)) return undefined;
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return `${sentence} (SQLSTATE ${code})`;
  return OF_DATA.test(code) || typeof message !== 'string'
    ? `PostgreSQL rejects the statement (SQLSTATE ${code})`
    : `PostgreSQL rejects the statement: ${message} (SQLSTATE ${code})`;
}
