import { oneLine } from '../telemetry/one-line.js';

/** The longest name of an account, in UTF-16 units. */
export const MAX_ACCOUNT_NAME_LENGTH = 100;

/** What cannot be seen: format characters, tags, and the letters of Hangul that only fill a place. */
const INVISIBLE = /[\p{Cf}\u{e0000}-\u{e007f}\u115f\u1160\u3164\uffa0]/u;
/** What joins letters or keeps them apart in Persian and Indic writing, and joins emoji. */
const JOINERS = /(?<=[^\p{ASCII}\s])[\u200c\u200d](?=[^\p{ASCII}\s])/gu;
/** What means a place in a path. */
const OF_PATHS = /[/\\]|^\.{1,2}$/;

/** Whether a value can be an account's name. Names come in by URLs and go out into logs. */
export function isAccountName(name: unknown): name is string {
  if (typeof name !== 'string' || name === '' || name.length > MAX_ACCOUNT_NAME_LENGTH || name.trim() !== name)
    return false;
  return oneLine(name) === name && !INVISIBLE.test(name.replace(JOINERS, '')) && !OF_PATHS.test(name);
}
