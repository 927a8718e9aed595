import type { Issue } from '../errors/issue.js';
import type { Carrier } from './button-message-options.interface.js';

/** A request as it would be sent, without host, headers and secrets. @publicApi */
export interface RequestPreview {
  method: 'GET' | 'POST';
  /** Contains `[secret]` in place of each secret. */
  path: string;
  /**
   * The parsed request body. Chatvolt's `conversationId` is `[conversation]` if it is looked up when the message is sent.
   */
  body: unknown;
}

/** What an account would send for a message. @publicApi */
export interface MessagePreview extends Carrier {
  /** The issues of the message, the same for every account. If there are any, no account supports it. */
  issues: readonly Issue[];
  /** In the order in which they would be sent. Empty if the account does not support the message. */
  requests: RequestPreview[];
}
