import type { Account } from '../config/accounts/account.js';
import { Secret } from '../config/accounts/secret.js';
import { oneLine } from '../telemetry/one-line.js';

const MAX_CHARACTERS = 500;

/** Of a longer text no more is looked at. */
const MAX_READ_CHARACTERS = 20_000;

/** What a character may become when it is written in another way, at most: `&amp;#x0041;`. */
const MAX_SECRET_FORM_LENGTH = 12;

/**
 * A provider's own words, fit for an error: cut, on one line, and without the account's secrets, which some providers
 * repeat.
 */
export function redactProviderText(text: string, account: Account): string {
  const secrets = secretsOf(account);
  let words = text.slice(0, MAX_READ_CHARACTERS);
  for (const secret of secrets) words = secret.redact(words);
  // What was cut off may have been the rest of a secret.
  if (text.length > MAX_READ_CHARACTERS)
    words = words.slice(0, -MAX_SECRET_FORM_LENGTH * Math.max(1, ...secrets.map(lengthOf)));
  const line = oneLine(words);
  // The cut may have left half a character.
  return line.length > MAX_CHARACTERS ? `${oneLine(line.slice(0, MAX_CHARACTERS))}…` : line;
}

/** The longest first: one may hold another. */
function secretsOf(account: Account): Secret[] {
  const values: unknown[] = Object.values(account).flat();
  const secrets = values.filter((value) => value instanceof Secret);
  return secrets.sort((one, other) => lengthOf(other) - lengthOf(one));
}

function lengthOf(secret: Secret): number {
  return secret.reveal().length;
}
