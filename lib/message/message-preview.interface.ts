import type { Issue } from '../errors/issue.js';
import type { Carrier } from './button-message-options.interface.js';

/** A request as it would go out, without host, headers and secrets. */
export interface RequestPreview {
  method: 'GET' | 'POST';
  /** With `[secret]` in the place of each secret. */
  path: string;
  /**
   * The body on the wire, parsed. Chatvolt's `conversationId` is `[conversation]` where it is looked up when the message
   * is sent.
   */
  body: unknown;
}

/** What an account would send for a message. */
export interface MessagePreview extends Carrier {
  /** The faults of the message, the same for every account. Where there are any, nobody carries it. */
  issues: readonly Issue[];
  /** In the order in which they would go out; empty where the account cannot carry the message. */
  requests: RequestPreview[];
}
