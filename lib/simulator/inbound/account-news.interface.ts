import type { JsonObject } from '../json.js';

/**
 * An event of an account. docs/simulator-webhooks.md lists the callbacks of each provider. Others throw an error.
 *
 * - `connected`, `disconnected`: Z-API. While an instance is disconnected, its messages wait in the queue.
 * - `restricted`, `banned`, `reinstated`: the Cloud API's `account_update`.
 * - `template-status`, `template-quality`, `template-category`, `quality`: fields with these names.
 * - `error`: the Cloud API's `value.errors`.
 * - `health-check`: Chatvolt's body without `eventType`.
 * - `other`: any field of the Cloud API, any `type` of Z-API, any `eventType` of Chatvolt, with any content.
 *
 * @publicApi
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
      /** The ID of the template. @default the stored template's, or an invented one */
      readonly id?: string;
      /** @default 'en_US' */
      readonly language?: string;
      /** For example `APPROVED`, `REJECTED`, `PAUSED`, a score, or a category. */
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
