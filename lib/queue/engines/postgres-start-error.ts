import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import { QueueUnavailableError } from '../queue.errors.js';
import { SharedStoreError } from '../stores/shared-store.error.js';

/** SQLSTATEs that a retry does not change. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const PERMANENT_BY_STATE: Readonly<Record<string, string>> = {
  '28P01': 'the server rejects the password',
  '28000': 'the server rejects the role, or has no entry for it in pg_hba.conf',
  '3D000': 'the database does not exist',
  '25006': 'the server is read-only, for example a replica: connect to the primary',
  '42501': 'the role lacks a privilege that the queue needs',
  '42704': 'the server does not support a setting in the URL',
  '22023': 'the server rejects a setting in the URL',
  '42602': 'the server rejects a setting in the URL',
};
/** PgBouncer uses one SQLSTATE for all its own errors. */
const PROTOCOL_VIOLATION = '08P01';
const PERMANENT_BY_POOLER = /unsupported startup parameter|no such (user|database)|authentication failed|not allowed/i;
/** Codes of Node's TLS, also for files that a URL names. */
const TLS_CODES =
  /^(ERR_(TLS|SSL|OSSL)_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;
const TLS_TEXT = /does not support SSL|establishing an SSL connection|certificate|sslmode|uselibpqcompat/i;
const NO_PASSWORD = /SASL|password must be a string|client password/i;
/** Any scheme that node-postgres does not support. */
const BAD_URL = /^(?!postgres(ql)?:|socket:|\/)[a-z][a-z0-9+.-]*:/i;
/** A longer message of the driver quotes data. */
const MAX_REASON_LENGTH = 300;

/** Creates the error for a server that cannot be used. @param rule The requirement that it does not meet. */
export function notUsable(rule: string, reason: string, cause?: unknown): ConfigurationError {
  const message = `PostgreSQL cannot be used: ${reason}`;
  return withCause(new ConfigurationError([{ path: 'engine.connectionString', rule, message }]), cause);
}

/** Converts a failure at startup, with the driver's reason and without secrets. */
export function startError(error: unknown, connectionString: string, timeoutMs: number): ButtonMessagingError {
  if (error instanceof ButtonMessagingError && !(error instanceof SharedStoreError)) return error;
  const cause = cleanCause(error, connectionString);
  const permanent = permanentReason(cause, error, connectionString);
  if (permanent) return notUsable(permanent.rule, `${permanent.reason} (${cause.message})`, cause);
  const reason = isTimeout(cause) ? `it did not respond within ${timeoutMs} ms` : cause.message;
  return withCause(new QueueUnavailableError(`PostgreSQL cannot be reached: ${reason}`, 'not-sent'), cause);
}

/** Copies the driver's message and code, without secrets of the URL and without other fields. */
export function cleanCause(error: unknown, connectionString: string): Error & { code?: string } {
  const { message, code } = firstOf(error);
  const text = withoutSecrets(String(message ?? 'unknown'), connectionString).slice(0, MAX_REASON_LENGTH);
  const cause: Error & { code?: string } = new Error(text === '' && typeof code === 'string' ? code : text);
  if (typeof code === 'string') cause.code = code;
  return cause;
}

function permanentReason(cause: Error & { code?: string }, error: unknown, connectionString: string) {
  const { message, code = '' } = cause;
  if (code === 'ERR_INVALID_URL' || error instanceof URIError || BAD_URL.test(connectionString)) {
    return { rule: 'url', reason: 'the URL must have the form postgres://user:password@host:5432/database' };
  }
  const byState = PERMANENT_BY_STATE[code];
  if (byState !== undefined) return { rule: code, reason: byState };
  if (code === PROTOCOL_VIOLATION && PERMANENT_BY_POOLER.test(message)) {
    return { rule: code, reason: 'the pooler rejects the connection' };
  }
  if (isRecord(error) && error.syscall === 'open') return { rule: 'file', reason: 'a file in the URL cannot be read' };
  if (TLS_CODES.test(code) || TLS_TEXT.test(message)) return { rule: 'tls', reason: 'the TLS connection failed' };
  if (NO_PASSWORD.test(message)) return { rule: 'password', reason: 'the server requires a password' };
  if (isRecord(error) && error.name === 'UnsupportedPostgresVersionError') {
    return { rule: 'serverVersion', reason: 'the server is too old' };
  }
  return undefined;
}

const TIMED_OUT = /timeout|timed out/i;

function isTimeout({ message, code }: Error & { code?: string }): boolean {
  return code === undefined && TIMED_OUT.test(message);
}

/** Returns the first of several errors for one host's addresses, or the error itself. */
function firstOf(error: unknown): { message?: unknown; code?: unknown } {
  if (!isRecord(error)) return { message: error };
  const { errors } = error;
  const one: unknown = Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
  if (error instanceof SharedStoreError) return { message: error.message, code: error.reason };
  return isRecord(one) ? { message: one.message, code: one.code } : { message: one };
}

function withoutSecrets(text: string, connectionString: string): string {
  const secrets = [connectionString, ...passwordsIn(connectionString)].filter((secret) => secret !== '');
  return secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

/** Finds passwords in both places, encoded and decoded. It uses patterns, because the URL may be invalid. */
function passwordsIn(connectionString: string): string[] {
  const written = /^[^/?#]*:\/\/[^/?#@]*?:(.*)@/.exec(connectionString)?.[1] ?? '';
  const given = /[?&]password=([^&#]*)/.exec(connectionString)?.[1] ?? '';
  return [written, given].flatMap((secret) => [secret, decoded(secret)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withCause<T extends Error>(error: T, cause: unknown): T {
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
  return error;
}
