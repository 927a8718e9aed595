import type { Fault } from '../faults/fault.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';

/** A request to one of the providers. Credentials in it, made up or not, read `[masked]`. Frozen. */
export interface SimulatedRequest {
  /** Counts up from 1 in the order in which the requests were read. */
  readonly id: number;
  readonly provider: SimulatedProviderName;
  readonly method: string;
  /** With its query, from the root of the simulator: `/z-api/instances/…/token/[masked]/send-text`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text, cut after 16,384 characters. */
  readonly body: string;
  readonly receivedAt: Date;
}

/** A request and what became of it. */
export interface RecordedRequest extends SimulatedRequest {
  /** The fault that was injected into it. */
  readonly fault?: Fault;
  /** Whether it brought a message that was accepted. */
  readonly accepted: boolean;
  /**
   * What was answered, the body cut after 16,384 characters. Absent where nothing was: still open, dropped, or never
   * answered. Of an answer that was cut, this is the part that was sent.
   */
  readonly answer?: { readonly status: number; readonly body: string };
}
