import type { SimulatedRequest } from '../server/recorded-request.interface.js';

/**
 * The faults that have a name. **Accepted** means: where the provider's rules allow the message, it is accepted, is in
 * `messages()`, and would reach its recipient; only the sender does not learn of it.
 *
 * | name | accepted | what the client sees |
 * |---|---|---|
 * | `drop-before-accepting` | no | the connection ends without an answer |
 * | `drop-after-accepting` | **yes** | the connection ends without an answer |
 * | `cut-answer` | **yes** | 200, and a body shorter than its `Content-Length` |
 * | `garbage` | **yes** | 200, and a body that is not JSON |
 * | `empty-answer` | **yes** | 200 without a body |
 * | `answer-without-ids` | **yes** | 200 `{}` |
 * | `oversized-answer` | **yes** | the real answer, followed by 2 MiB of blanks |
 * | `time-out` | **yes** | nothing, until the client or the simulator gives up |
 * | `time-out-before-accepting` | no | nothing, until the client or the simulator gives up |
 * | `refused-with-200` | no | 200 `{"error":"…"}` |
 * | `rate-limited` | no | 429 in the provider's words, without `Retry-After` |
 * | `unavailable` | no | 503 with `Retry-After: 1` |
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

/** Any answer at all, in place of the provider's own. Not accepted, unless `accepted` is true. */
export interface AnswerFault {
  /** 200 to 599. */
  readonly status: number;
  /** A string is sent as it is (HTML where it begins with `<`), anything else as JSON. Default: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the message is accepted although the answer does not say so. Default: false. */
  readonly accepted?: boolean;
}

/** 429 in the provider's words, with `Retry-After`. Not accepted. */
export interface RateLimitFault {
  /** Whole seconds, 0 or more. */
  readonly retryAfterSeconds: number;
}

/**
 * A late answer. The message is accepted, or not, the moment its request is read; only what the client sees comes late.
 * Accepted, unless `next` is a fault that is not.
 */
export interface DelayFault {
  /** Milliseconds. */
  readonly delayMs: number;
  /** What happens after the delay. Default: the provider's own answer. */
  readonly next?: Fault;
}

/** How a request can be made to misbehave. `acceptsMessage()` says of any of them whether the message is accepted. */
export type Fault = NamedFault | AnswerFault | RateLimitFault | DelayFault;

/** Chooses a fault for a request; undefined lets it pass unharmed. Must not be asynchronous. */
export type FaultChooser = (request: SimulatedRequest) => Fault | undefined;

/**
 * Which requests a fault is for: those that send a message, those that only ask, or the others, which change something
 * and send nothing, such as marking a message as read.
 */
export type FaultTarget = 'sends' | 'reads' | 'others';
