import type { Account } from '../config/account.js';
import { Secret } from '../config/secret.js';

const MOST_CHARACTERS = 500;

/** A provider's own words, fit for an error: cut, and without the account's secrets, which some providers repeat. */
export function providerWords(text: string, account: Account): string {
  let words = text;
  for (const secret of secretsOf(account)) {
    for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      words = words.replaceAll(written, '[secret]');
    }
  }
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

function secretsOf(account: Account): string[] {
  const values: unknown[] = Object.values(account).flat();
  return values.flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));
}
