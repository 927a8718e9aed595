import type { JsonObject } from '../json.js';

/**
 * What happens to an account. docs/simulator-webhooks.md lists the callbacks of each provider; the others are an Error.
 *
 * - `connected`, `disconnected`: Z-API. While an instance is disconnected, what is sent waits in its queue.
 * - `restricted`, `banned`, `reinstated`: the Cloud API's `account_update`.
 * - `template-status`, `template-quality`, `template-category`, `quality`: fields of these names.
 * - `error`: the Cloud API's `value.errors`.
 * - `health-check`: Chatvolt's body without `eventType`.
 * - `other`: any field of the Cloud API, any `type` of Z-API, any `eventType` of Chatvolt, with any content.
 */
export type AccountNews =
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected'; readonly reason?: string }
  | {
      readonly type: 'restricted';
      readonly restriction?: string /** Seconds since 1970. */;
      readonly expiration?: number;
    }
  | { readonly type: 'banned' /** `SCHEDULE_FOR_DISABLE`, `DISABLE` or `REINSTATE`. */; readonly state?: string }
  | { readonly type: 'reinstated' }
  | {
      readonly type: 'template-status' | 'template-quality' | 'template-category';
      readonly template: string;
      /** Default: `en_US`. */
      readonly language?: string;
      /** `APPROVED`, `REJECTED`, `PAUSED`, …; a score; a category. */
      readonly now: string;
      readonly before?: string;
      readonly reason?: string;
    }
  | {
      readonly type: 'quality' /** `FLAGGED`, `UNFLAGGED`, `DOWNGRADE`, … */;
      readonly event: string;
      readonly limit?: string;
    }
  | { readonly type: 'error'; readonly code: number; readonly title: string }
  | { readonly type: 'health-check' }
  | { readonly type: 'other'; readonly name: string; readonly content?: JsonObject };
