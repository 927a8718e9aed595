import type { Issue } from '../../errors/issue.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import { cleanCause } from '../clean-cause.js';
import { QueueUnavailableError } from '../queue.errors.js';
import { isReply, refusalReason, replyCode } from './redis-refusal.js';
import { issue } from './redis-target.js';
import { RejectedTrialError } from './redis-trial.js';

const PATH = 'engine.connection';
/** Codes of Node and OpenSSL for a certificate that they do not accept. */
const CERTIFICATE = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;
const NOT_TLS = /^(EPROTO|ERR_SSL_)/;

/** Converts a failure at startup: a wrong setup, or an unavailable Redis. */
export function startError(error: unknown): ConfigurationError | QueueUnavailableError {
  if (error instanceof ConfigurationError || error instanceof QueueUnavailableError) return error;
  const found = setupIssue(error);
  const cause = cleanCause(error);
  if (found) return Object.assign(new ConfigurationError([found]), { cause });
  const reason = isReply(error) ? `it responds: ${refusalReason(error)}` : cause.message;
  return new QueueUnavailableError(`Redis cannot be reached: ${reason}`, 'not-sent', cause);
}

function setupIssue(error: unknown): Issue | undefined {
  const { code } = isRecord(error) ? error : {};
  if (typeof code === 'string' && CERTIFICATE.test(code)) {
    const message = `cannot be used: the server's certificate is not accepted (${cleanCause(error).message}). Set tls.ca to its certificate authority`;
    return issue(`${PATH}.tls`, message);
  }
  if (typeof code === 'string' && NOT_TLS.test(code)) {
    return issue(`${PATH}.tls`, `cannot be used: the server does not speak TLS as expected (${code})`);
  }
  if (/got an invalid reply: null/.test(cleanCause(error).message)) {
    return issue(`${PATH}.name`, 'must be the name of the master in the sentinels, which do not know this name');
  }
  return isReply(error) ? rejectionIssue(error) : undefined;
}

function rejectionIssue(error: Error): Issue | undefined {
  const tried = error instanceof RejectedTrialError ? ` (${error.tried})` : '';
  const reason = refusalReason(error) ?? '';
  const code = replyCode(error);
  const { message } = error;
  if (code === 'WRONGPASS' || /invalid password|invalid username-password/i.test(message)) {
    return issue(`${PATH}.password`, `is rejected by Redis: ${reason}`);
  }
  if (code === 'NOAUTH' || /^ERR operation not permitted/i.test(message)) {
    return issue(`${PATH}.password`, 'is required: Redis requires a password (NOAUTH)');
  }
  if (/DB index|SELECT is not allowed/i.test(message)) {
    return issue(`${PATH}.db`, `must be an existing database of this Redis: ${reason}`);
  }
  if (code === 'READONLY') return replicaIssue();
  if (/cluster support disabled/i.test(message)) {
    return issue(`${PATH}.nodes`, 'point to a Redis that is not a cluster. Use its host and port instead');
  }
  if (code === 'NOPERM' || /can't run this command|can't access at least one/i.test(message)) {
    return issue(
      PATH,
      `has a user without a permission that the queue needs${tried}: ${reason}. Extend the user's ACL`,
    );
  }
  if (/unknown command|unknown subcommand/i.test(message)) {
    return issue(PATH, `points to a Redis without a command that the queue needs${tried}: ${reason}`);
  }
  return undefined;
}

export function replicaIssue(): Issue {
  return issue(PATH, 'points to a read-only replica (READONLY). Use the URL of its master, or sentinels');
}
