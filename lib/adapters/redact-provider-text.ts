import type { Account } from '../config/accounts/account.js';
import { Secret } from '../config/accounts/secret.js';
import { oneLine } from '../telemetry/one-line.js';

const MAX_CHARACTERS = 500;

/** Text beyond this length is ignored. */
const MAX_READ_CHARACTERS = 20_000;

/** The maximum length of one escaped character, for example `&amp;#x0041;`. */
const MAX_SECRET_FORM_LENGTH = 12;

/** Prepares a provider's text for an error: shortens it to one line and removes the account's secrets. */
export function redactProviderText(text: string, account: Account): string {
  const secrets = secretsOf(account);
  let redacted = text.slice(0, MAX_READ_CHARACTERS);
  for (const secret of secrets) redacted = secret.redact(redacted);
  // The end may be the first part of a secret.
  if (text.length > MAX_READ_CHARACTERS)
    redacted = redacted.slice(0, -MAX_SECRET_FORM_LENGTH * Math.max(1, ...secrets.map(lengthOf)));
  const line = oneLine(redacted);
  // `oneLine` also removes half of a surrogate pair at the end.
  return line.length > MAX_CHARACTERS ? `${oneLine(line.slice(0, MAX_CHARACTERS))}…` : line;
}

/** Returns the longest secrets first, because one may contain another. */
function secretsOf(account: Account): Secret[] {
  const values: unknown[] = Object.values(account).flat();
  const secrets = values.filter((value) => value instanceof Secret);
  return secrets.sort((one, other) => lengthOf(other) - lengthOf(one));
}

function lengthOf(secret: Secret): number {
  return secret.reveal().length;
}
