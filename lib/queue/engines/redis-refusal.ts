import { types } from 'node:util';
import { plainText } from '../clean-cause.js';

/**
 * The meaning of Redis' error codes.
 *
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 */
const MEANINGS: Readonly<Record<string, string>> = {
  CLUSTERDOWN: 'the cluster has no master for some of its keys',
  LOADING: 'it is loading its data',
  MASTERDOWN: 'its master is unavailable',
  MISCONF: 'it cannot write to its disk',
  NOAUTH: 'it requires a password',
  NOPERM: 'its user has no permission',
  NOREPLICAS: 'too few replicas are connected (min-replicas-to-write)',
  NOSCRIPT: 'it does not know the script',
  OOM: 'its memory is full (maxmemory)',
  READONLY: 'it is a read-only replica',
  WRONGPASS: 'the user name or the password is wrong, or the user is disabled',
};
/** The error of a cluster's client after repeated rejections. */
const REDIRECTED = /Last error: (?:Reply)?Error: ((?:CLUSTERDOWN|MOVED|ASK|TRYAGAIN)\b.*)/;

/** Returns why Redis rejected a command, as a sentence, or undefined if it did not reject it. */
export function redisRefusal(error: unknown): string | undefined {
  const reason = refusalReason(error);
  return reason === undefined ? undefined : `Redis rejected the command: ${reason}`;
}

/** Returns only the reason. */
export function refusalReason(error: unknown): string | undefined {
  const text = rejectionText(error);
  if (text === undefined) return undefined;
  const code = codeIn(text);
  const meaning = code === undefined ? undefined : MEANINGS[code];
  return meaning === undefined ? plainText(text) : `${meaning} (${code})`;
}

/** Returns the code at the start of an error reply: `OOM`, `NOPERM`, `ERR`, … */
export function replyCode(error: unknown): string | undefined {
  const text = rejectionText(error);
  return text === undefined ? undefined : codeIn(text);
}

/**
 * Returns whether an error is Redis' reply. Checks its name, because the application may have another copy of ioredis.
 */
export function isReply(error: unknown): error is Error & { name: 'ReplyError' } {
  return types.isNativeError(error) && error.name === 'ReplyError';
}

function codeIn(text: string): string | undefined {
  return /^([A-Z][A-Z0-9]+)\b/.exec(text)?.[1];
}

/** For a discarded transaction, returns the error of its first command. */
function rejectionText(error: unknown): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  if (!isReply(error)) return REDIRECTED.exec(error.message)?.[1];
  const { message } = error;
  const [first] = 'previousErrors' in error && Array.isArray(error.previousErrors) ? error.previousErrors : [];
  return isReply(first) ? first.message : message;
}
