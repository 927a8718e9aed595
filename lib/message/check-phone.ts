import type { Issue } from '../errors/issue.js';
import { isPossiblePhone } from './recipient.js';

/** The fault of a telephone number that stands alone, if it has one. */
export function checkPhone(phone: unknown): Issue[] {
  if (typeof phone === 'string' && isPossiblePhone(phone)) return [];
  const message = 'phone must be a telephone number with country code and a length that is possible there';
  return [{ path: 'phone', rule: 'isPossiblePhone', message }];
}
