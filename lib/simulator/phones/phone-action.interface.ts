import type { SendCallback } from '../callbacks/send-callback.interface.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { BurstOptions, InboundEnvelope, InboundMessage, WebhookOptions } from '../inbound/inbound.interface.js';
import type { JsonObject } from '../json.js';

/** An action on a phone, or around it. Each runs the simulator's method with the same name. */
export type PhoneAction =
  | (Exclude<SendCallback, { kind: 'echo' }> & { readonly messageId: string })
  | { readonly kind: 'echo'; readonly messageId: string; readonly options?: WebhookOptions }
  | {
      readonly kind: 'write';
      readonly account: string;
      readonly message: InboundMessage;
      readonly options?: WebhookOptions;
    }
  | {
      readonly kind: 'burst';
      readonly account: string;
      readonly message: InboundEnvelope;
      readonly texts: readonly string[];
      readonly options?: BurstOptions;
    }
  | {
      readonly kind: 'announce';
      readonly account: string;
      readonly news: AccountNews;
      readonly options?: WebhookOptions;
    }
  | {
      /** Opens or closes the 24-hour window of a person. */
      readonly kind: 'window';
      readonly account: string;
      readonly person: string;
      readonly open: boolean;
    }
  | {
      readonly kind: 'post';
      readonly account: string;
      readonly body: JsonObject;
      readonly options?: WebhookOptions;
    };

/** The result: the application's response to the webhook, or why the action failed. */
export interface PhoneActionResult {
  readonly done: boolean;
  /** The application's status. For several webhooks, the last one's. */
  readonly status?: number;
  readonly error?: string;
}
