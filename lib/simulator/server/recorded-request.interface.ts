import type { Fault } from '../faults/fault.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';

/** A request to a provider. Its credentials are `[masked]`. Frozen. @publicApi */
export interface SimulatedRequest {
  /** Counts from 1 in the order of arrival. */
  readonly id: number;
  readonly provider: SimulatedProviderName;
  readonly method: string;
  /** The path with its query, from the root of the simulator: `/z-api/instances/…/token/[masked]/send-text`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text, truncated to 16,384 characters. */
  readonly body: string;
  readonly receivedAt: Date;
}

/** A request and its outcome. @publicApi */
export interface RecordedRequest extends SimulatedRequest {
  /** The injected fault. */
  readonly fault?: Fault;
  /** Whether its message was accepted. */
  readonly accepted: boolean;
  /**
   * The response, with its body truncated to 16,384 characters. Missing if there is none: still open, dropped, or timed
   * out. Of a truncated response, the sent part.
   */
  readonly answer?: { readonly status: number; readonly body: string };
}
