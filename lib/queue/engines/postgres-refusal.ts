import { isRecord } from '../../validation/is-record.js';

/** The server ended the connection, or a pooler lost it: a statement may have been carried out all the same. */
const OUTCOME_UNKNOWN = /^(08(?!001|004)|57P(?!03))/;

/** What people have to act on, by SQLSTATE. */
const SENTENCES: Readonly<Record<string, string>> = {
  '25006': 'PostgreSQL takes no writes at the moment: the server is read-only, as a replica is',
  '42501': 'PostgreSQL refuses: the role lacks a right that the queue needs',
  '53100': 'PostgreSQL has no room left on its disk',
  '53200': 'PostgreSQL has no memory left',
  '53300': 'PostgreSQL takes no more connections',
  '53400': 'PostgreSQL has reached a limit of its configuration',
  '57014': 'PostgreSQL ended the statement: it was cancelled, or its time was over',
  '57P03': 'PostgreSQL is starting up, shutting down or recovering',
};
/** A value of the message may be in the server's words. */
const OF_DATA = /^2[23]/;

/** What the server refused, in a sentence, where it is certain that it did; undefined where it may have done it. */
export function postgresRefusal(error: unknown): string | undefined {
  const { code, message, severity } = isRecord(error) ? error : {};
  // Codes of the system, as EPIPE, look alike; only what the server says has a severity.
  if (typeof code !== 'string' || typeof severity !== 'string' || OUTCOME_UNKNOWN.test(code)) return undefined;
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return `${sentence} (SQLSTATE ${code})`;
  return OF_DATA.test(code) || typeof message !== 'string'
    ? `PostgreSQL refuses it (SQLSTATE ${code})`
    : `PostgreSQL refuses it: ${message} (SQLSTATE ${code})`;
}
