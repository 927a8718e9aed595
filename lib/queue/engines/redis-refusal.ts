import { types } from 'node:util';
import { plainWords } from '../clean-cause.js';

/** What the codes of Redis' error replies mean, and what to do. */
const MEANINGS: Readonly<Record<string, string>> = {
  CLUSTERDOWN: 'the cluster has no master for some of its keys',
  LOADING: 'it still loads its data',
  MASTERDOWN: 'its master is away',
  MISCONF: 'it cannot write to its disk',
  NOAUTH: 'it wants a password',
  NOPERM: 'its user has no permission for that',
  NOREPLICAS: 'too few replicas are connected (min-replicas-to-write)',
  NOSCRIPT: 'it does not know the script',
  OOM: 'its memory is full (maxmemory)',
  READONLY: 'it is a read-only replica',
  WRONGPASS: 'the user name or the password is wrong, or the user is disabled',
};
/** How a cluster's client says that it was refused again and again. */
const REDIRECTED = /Last error: (?:Reply)?Error: ((?:CLUSTERDOWN|MOVED|ASK|TRYAGAIN)\b.*)/;

/** Redis' definite refusal of a command in one plain sentence; undefined where it did not refuse. */
export function redisRefusal(error: unknown): string | undefined {
  const reason = refusalReason(error);
  return reason === undefined ? undefined : `Redis refused the command: ${reason}`;
}

/** The same, without the subject. */
export function refusalReason(error: unknown): string | undefined {
  const words = refusingWords(error);
  if (words === undefined) return undefined;
  const code = codeIn(words);
  const meaning = code === undefined ? undefined : MEANINGS[code];
  return meaning === undefined ? plainWords(words) : `${meaning} (${code})`;
}

/** The code with which an error reply begins: `OOM`, `NOPERM`, `ERR`, … */
export function replyCode(error: unknown): string | undefined {
  const words = refusingWords(error);
  return words === undefined ? undefined : codeIn(words);
}

/** Whether it is Redis that answered so. By its name: the application may have another copy of ioredis. */
export function isReply(error: unknown): error is Error & { name: 'ReplyError' } {
  return types.isNativeError(error) && error.name === 'ReplyError';
}

function codeIn(words: string): string | undefined {
  return /^([A-Z][A-Z0-9]+)\b/.exec(words)?.[1];
}

/** Of a transaction that was given up, what its first command was refused for. */
function refusingWords(error: unknown): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  if (!isReply(error)) return REDIRECTED.exec(error.message)?.[1];
  const { message } = error;
  const [first] = 'previousErrors' in error && Array.isArray(error.previousErrors) ? error.previousErrors : [];
  return isReply(first) ? first.message : message;
}
