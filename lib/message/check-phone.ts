import type { Issue } from '../errors/issue.js';
import { isPossiblePhone } from './phone-number.js';

/** The fault of a telephone number that stands alone, if it has one. */
export function checkPhone(phone: unknown): Issue[] {
  if (typeof phone === 'string' && isPossiblePhone(phone)) return [];
  const message = 'phone must be a possible phone number that begins with + or with its country code';
  return [{ path: 'phone', rule: 'isPossiblePhone', message }];
}
