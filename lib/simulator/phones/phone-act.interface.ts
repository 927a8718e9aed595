import type { MessageStatus } from '../messages/accepted-message.interface.js';

/** What is asked for on a phone. */
export type PhoneAct =
  | { readonly kind: 'press'; readonly messageId: string; readonly button: number }
  | { readonly kind: 'type'; readonly messageId: string; readonly text: string; readonly quoting?: boolean }
  | { readonly kind: 'deliver'; readonly messageId: string; readonly status: MessageStatus };

/** What came of it: what the application answered to the webhook, or why nobody heard, or why it was not done. */
export interface PhoneActAnswer {
  readonly done: boolean;
  /** The application's status. */
  readonly status?: number;
  readonly error?: string;
}
