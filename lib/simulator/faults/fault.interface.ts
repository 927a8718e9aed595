import type { SimulatedRequest } from '../server/recorded-request.interface.js';

/**
 * The named faults. **Accepted** means that a valid message is accepted, is in
 * `messages()`, and would reach its recipient, but the sender does not learn of it.
 *
 * | name | accepted | what the client sees |
 * |---|---|---|
 * | `drop-before-accepting` | no | the connection ends without a response |
 * | `drop-after-accepting` | **yes** | the connection ends without a response |
 * | `cut-answer` | **yes** | 200, and a body shorter than its `Content-Length` |
 * | `garbage` | **yes** | 200, and a body that is not JSON |
 * | `empty-answer` | **yes** | 200 without a body |
 * | `answer-without-ids` | **yes** | 200 `{}` |
 * | `oversized-answer` | **yes** | the real response, followed by 2 MiB of spaces |
 * | `time-out` | **yes** | nothing, until the client or the simulator closes |
 * | `time-out-before-accepting` | no | nothing, until the client or the simulator closes |
 * | `refused-with-200` | no | 200 `{"error":"…"}` |
 * | `rate-limited` | no | the provider's 429, without `Retry-After` |
 * | `unavailable` | no | 503 with `Retry-After: 1` |
 *
 * @publicApi
 */
export type NamedFault =
  | 'drop-before-accepting'
  | 'drop-after-accepting'
  | 'cut-answer'
  | 'garbage'
  | 'empty-answer'
  | 'answer-without-ids'
  | 'oversized-answer'
  | 'time-out'
  | 'time-out-before-accepting'
  | 'refused-with-200'
  | 'rate-limited'
  | 'unavailable';

/** A response that replaces the provider's. The message is not accepted, unless `accepted` is true. @publicApi */
export interface AnswerFault {
  /** A status from 200 to 599. */
  readonly status: number;
  /** A string is sent as it is (as HTML if it begins with `<`), anything else as JSON. @default no body */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the message is accepted, although the response does not say so. @default false */
  readonly accepted?: boolean;
}

/** A 429 response of the provider with `Retry-After`. The message is not accepted. @publicApi */
export interface RateLimitFault {
  /** Seconds, a non-negative integer. */
  readonly retryAfterSeconds: number;
}

/**
 * A delayed response. The message is processed at once, only the response is late. It is accepted, unless `next` is a
 * fault that does not accept it.
 *
 * @publicApi
 */
export interface DelayFault {
  /** The delay, in milliseconds. */
  readonly delayMs: number;
  /** What happens after the delay. @default the provider's own response */
  readonly next?: Fault;
}

/** A fault of a request. `acceptsMessage()` returns whether the message is accepted. @publicApi */
export type Fault = NamedFault | AnswerFault | RateLimitFault | DelayFault;

/** Chooses a fault for a request, or returns undefined for none. Must be synchronous. @publicApi */
export type FaultChooser = (request: SimulatedRequest) => Fault | undefined;

/**
 * The requests of a fault: those that send a message, those that only read, or others, such as marking a message as
 * read.
 *
 * @publicApi
 */
export type FaultTarget = 'sends' | 'reads' | 'others';
