import type { Account } from '../config/accounts/account.js';
import { Secret } from '../config/accounts/secret.js';
import { oneLine } from '../telemetry/one-line.js';

const MOST_CHARACTERS = 500;

/** Of a longer text no more is looked at. */
const MOST_READ = 20_000;

/** What a character may become when it is written in another way, at most: `&amp;#x0041;`. */
const LONGEST_FORM = 12;

/**
 * A provider's own words, fit for an error: cut, on one line, and without the account's secrets, which some providers
 * repeat.
 */
export function providerWords(text: string, account: Account): string {
  const secrets = secretsOf(account);
  let words = text.slice(0, MOST_READ);
  for (const secret of secrets) words = secret.redact(words);
  // What was cut off may have been the rest of a secret.
  if (text.length > MOST_READ) words = words.slice(0, -LONGEST_FORM * Math.max(1, ...secrets.map(lengthOf)));
  const line = oneLine(words);
  // The cut may have left half a character.
  return line.length > MOST_CHARACTERS ? `${oneLine(line.slice(0, MOST_CHARACTERS))}…` : line;
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
