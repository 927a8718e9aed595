import { oneLine } from '../telemetry/one-line.js';

/** Maximum length of an account's name in UTF-16 units. */
export const MAX_ACCOUNT_NAME_LENGTH = 100;

/** Invisible characters: format characters, tags and Hangul fillers. */
const INVISIBLE = /[\p{Cf}\u{e0000}-\u{e007f}\u115f\u1160\u3164\uffa0]/u;
/** Joiners between letters of Persian and Indic scripts, and between emoji. */
const JOINERS = /(?<=[^\p{ASCII}\s])[\u200c\u200d](?=[^\p{ASCII}\s])/gu;
/** Separators and dot segments of paths. */
const OF_PATHS = /[/\\]|^\.{1,2}$/;

/** Checks the name of an account. Names arrive in URLs and appear in logs. */
export function isAccountName(name: unknown): name is string {
  if (typeof name !== 'string' || name === '' || name.length > MAX_ACCOUNT_NAME_LENGTH || name.trim() !== name)
    return false;
  return oneLine(name) === name && !INVISIBLE.test(name.replace(JOINERS, '')) && !OF_PATHS.test(name);
}
