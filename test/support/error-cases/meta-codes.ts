import type { FailureCategory } from '../../../lib/index.js';
import type { Meaning } from './rejections.js';

/** A documented code with its error, category and, if the class does not imply it, scope. */
export type MetaRow = [code: number, meaning: Meaning, category: FailureCategory, scope?: 'recipient'];

/**
 * Meta's codes, as its documentation of error codes explains them (developers.facebook.com, WhatsApp Cloud API, error
 * codes; limits of calls: Graph API, rate limits).
 */
export const META_CODES: MetaRow[] = [
  [0, 'authentication', 'authentication'],
  [190, 'authentication', 'authentication'],
  [3, 'permission', 'permission'],
  [10, 'permission', 'permission'],
  [200, 'permission', 'permission'],
  [201, 'permission', 'permission'],
  [250, 'permission', 'permission'],
  [298, 'permission', 'permission'],
  [299, 'permission', 'permission'],
  [131005, 'permission', 'permission'],

  [2, 'provider-unavailable', 'unavailable'],
  [131000, 'provider-unavailable', 'unavailable'],
  [131016, 'provider-unavailable', 'unavailable'],
  [131057, 'provider-unavailable', 'unavailable'],
  [133004, 'provider-unavailable', 'unavailable'],

  [4, 'rate-limited', 'rate-limited'],
  [613, 'rate-limited', 'rate-limited'],
  [80007, 'rate-limited', 'rate-limited'],
  [80008, 'rate-limited', 'rate-limited'],
  [130429, 'rate-limited', 'rate-limited'],
  [131056, 'rate-limited', 'rate-limited', 'recipient'],
  [131048, 'provider-rejected', 'rate-limited'],
  [131064, 'provider-rejected', 'rate-limited'],

  [131042, 'provider-rejected', 'payment'],
  [131044, 'provider-rejected', 'payment'],
  [368, 'provider-rejected', 'account-restricted'],
  [131031, 'provider-rejected', 'account-restricted'],
  [130497, 'provider-rejected', 'account-restricted', 'recipient'],
  [33, 'provider-rejected', 'number-setup'],
  [131037, 'provider-rejected', 'number-setup'],
  [131045, 'provider-rejected', 'number-setup'],
  [133000, 'provider-rejected', 'number-setup'],
  [133005, 'provider-rejected', 'number-setup'],
  [133006, 'provider-rejected', 'number-setup'],
  [133008, 'provider-rejected', 'number-setup'],
  [133009, 'provider-rejected', 'number-setup'],
  [133010, 'provider-rejected', 'number-setup'],
  [133015, 'provider-rejected', 'number-setup'],
  [133016, 'provider-rejected', 'number-setup'],

  [131047, 'window-closed', 'window-closed'],
  [131026, 'recipient-not-found', 'recipient'],
  [130403, 'provider-rejected', 'recipient'],
  [130472, 'provider-rejected', 'recipient'],
  [131021, 'provider-rejected', 'recipient'],
  [131030, 'provider-rejected', 'recipient'],
  [131049, 'provider-rejected', 'capped'],
  [131050, 'provider-rejected', 'opted-out'],

  [100, 'provider-rejected', 'request'],
  [131008, 'provider-rejected', 'request'],
  [131009, 'provider-rejected', 'request'],
  [131051, 'provider-rejected', 'request'],
  [131062, 'provider-rejected', 'request'],
  [135000, 'provider-rejected', 'request'],
  [131052, 'provider-rejected', 'media'],
  [131053, 'provider-rejected', 'media'],
  [132000, 'provider-rejected', 'template'],
  [132001, 'provider-rejected', 'template'],
  [132005, 'provider-rejected', 'template'],
  [132007, 'provider-rejected', 'template'],
  [132008, 'provider-rejected', 'template'],
  [132012, 'provider-rejected', 'template'],
  [132015, 'provider-rejected', 'template'],
  [132016, 'provider-rejected', 'template'],
  [132018, 'provider-rejected', 'template'],
  [132068, 'provider-rejected', 'template'],
  [132069, 'provider-rejected', 'template'],
];

/** Codes around the range of permissions, and undocumented codes. */
export const UNKNOWN_CODES = [199, 300, 399, 500, 139999];

/** Codes about parts of the message other than its text. */
export const BUTTONS_REFUSED = [131008, 131009, 131051];

/** Codes that prevent every send of the account. The account rests after such a status. */
export const RESTING = [
  0, 190, 131048, 131064, 131042, 131044, 368, 131031, 33, 131037, 131045, 133000, 133005, 133006, 133008, 133009,
  133010, 133015, 133016,
];
