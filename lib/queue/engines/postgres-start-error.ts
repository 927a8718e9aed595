import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import { QueueUnavailableError } from '../queue.errors.js';
import { SharedStoreError } from '../stores/shared-store.error.js';

/** SQLSTATEs that stay the same however often it is tried. */
const NEVER_BY_STATE: Readonly<Record<string, string>> = {
  '28P01': 'the server refuses the password',
  '28000': 'the server refuses the role, or has no entry for it in pg_hba.conf',
  '3D000': 'the server has no such database',
  '25006': 'the server takes no writes, as a replica does: connect to the primary',
  '42501': 'the role may not do what the queue needs',
  '42704': 'the server does not know what is asked for',
  '22023': 'the server refuses a setting in the URL',
  '42602': 'the server refuses a setting in the URL',
};
/** PgBouncer has one state for all that it says itself. */
const PROTOCOL_VIOLATION = '08P01';
const NEVER_BY_POOLER = /unsupported startup parameter|no such (user|database)|authentication failed|not allowed/i;
/** Codes of Node's TLS and of the files that a URL names. */
const TLS_CODES =
  /^(ERR_(TLS|SSL|OSSL)_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;
const TLS_WORDS = /does not support SSL|establishing an SSL connection|certificate|sslmode|uselibpqcompat/i;
const NO_PASSWORD = /SASL|password must be a string|client password/i;
/** Schemes and forms that node-postgres reads. */
const BAD_URL = /^(?!postgres(ql)?:|socket:|\/)[a-z][a-z0-9+.-]*:/i;
/** The driver's words, once they are longer, quote something. */
const MAX_REASON_LENGTH = 300;

/** A refusal of ours for what can never work. @param rule What was tried. */
export function notUsable(rule: string, reason: string, cause?: unknown): ConfigurationError {
  const message = `PostgreSQL cannot be used: ${reason}`;
  return withCause(new ConfigurationError([{ path: 'engine.connectionString', rule, message }]), cause);
}

/** What a failure at the start is, in one sentence, with the driver's reason and without a secret. */
export function startError(error: unknown, connectionString: string, timeoutMs: number): ButtonMessagingError {
  if (error instanceof ButtonMessagingError && !(error instanceof SharedStoreError)) return error;
  const cause = cleanCause(error, connectionString);
  const never = whyNever(cause, error, connectionString);
  if (never !== undefined) return notUsable(never.rule, `${never.reason} (${cause.message})`, cause);
  const reason = isLate(cause) ? `it has not answered as PostgreSQL does within ${timeoutMs} ms` : cause.message;
  return withCause(new QueueUnavailableError(`PostgreSQL cannot be reached: ${reason}`, 'not-sent'), cause);
}

/** The driver's words and code, without what the URL keeps secret and without what the driver's error holds. */
export function cleanCause(error: unknown, connectionString: string): Error & { code?: string } {
  const { message, code } = lastOf(error);
  const words = withoutSecrets(String(message ?? 'unknown'), connectionString).slice(0, MAX_REASON_LENGTH);
  const cause: Error & { code?: string } = new Error(words === '' && typeof code === 'string' ? code : words);
  if (typeof code === 'string') cause.code = code;
  return cause;
}

interface Never {
  rule: string;
  reason: string;
}

function whyNever(cause: Error & { code?: string }, error: unknown, connectionString: string): Never | undefined {
  const { message, code = '' } = cause;
  if (code === 'ERR_INVALID_URL' || error instanceof URIError || BAD_URL.test(connectionString)) {
    return { rule: 'url', reason: 'the URL is none of the form postgres://user:password@host:5432/database' };
  }
  const byState = NEVER_BY_STATE[code];
  if (byState !== undefined) return { rule: code, reason: byState };
  if (code === PROTOCOL_VIOLATION && NEVER_BY_POOLER.test(message)) {
    return { rule: code, reason: 'the pooler before it refuses the connection' };
  }
  if (isRecord(error) && error.syscall === 'open') return { rule: 'file', reason: 'a file in the URL cannot be read' };
  if (TLS_CODES.test(code) || TLS_WORDS.test(message)) return { rule: 'tls', reason: 'no TLS connection comes about' };
  if (NO_PASSWORD.test(message)) return { rule: 'password', reason: 'the server asks for a password' };
  if (isRecord(error) && error.name === 'UnsupportedPostgresVersionError') {
    return { rule: 'serverVersion', reason: 'the server is too old' };
  }
  return undefined;
}

const LATE = /timeout|timed out|time is over/i;

function isLate({ message, code }: Error & { code?: string }): boolean {
  return code === undefined && LATE.test(message);
}

/** The first of several attempts on one host's addresses, or the error itself. */
function lastOf(error: unknown): { message?: unknown; code?: unknown } {
  if (!isRecord(error)) return { message: error };
  const { errors } = error;
  const one: unknown = Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
  if (error instanceof SharedStoreError) return { message: error.message, code: error.reason };
  return isRecord(one) ? { message: one.message, code: one.code } : { message: one };
}

function withoutSecrets(words: string, connectionString: string): string {
  const secrets = [connectionString, ...passwordsIn(connectionString)].filter((secret) => secret !== '');
  return secrets.reduce((left, secret) => left.replaceAll(secret, '…'), words);
}

/** As written and as meant, by whichever of its places; a URL that cannot be read is searched by its form. */
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
