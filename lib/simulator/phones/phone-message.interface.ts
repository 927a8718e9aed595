import type { DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';
import type { SimulatedButtonType } from '../messages/simulated-button.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';

/** The header of a message. Media without a `url` are known to the provider only. Some have a title. */
export type PhoneHeader =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image' | 'video' | 'document' | 'audio' | 'sticker';
      readonly url?: string;
      /** The ID of an uploaded file. */
      readonly mediaId?: string;
      readonly filename?: string;
      readonly title?: string;
    };

/** A button as displayed below a message or card. */
export interface PhoneButton {
  /** The index among the message's buttons, which identifies it in a press. */
  readonly index: number;
  readonly title: string;
  readonly type: SimulatedButtonType;
  /** What it acts on: the URL of a link, the phone number to call, the text to copy. */
  readonly target?: string;
}

/** A row of a list. */
export interface PhoneRow {
  readonly index: number;
  readonly title: string;
  readonly description?: string;
}

/** A list, which a button opens. */
export interface PhoneList {
  readonly button: string;
  /** The title of the open list. */
  readonly title?: string;
  readonly sections: readonly { readonly title?: string; readonly rows: readonly PhoneRow[] }[];
}

/** A card of a carousel. */
export interface PhoneCard {
  readonly header?: PhoneHeader;
  readonly text: string;
  readonly buttons: readonly PhoneButton[];
}

/** A Pix key. */
export interface PhonePix {
  readonly merchant: string;
  readonly key: string;
  readonly keyType: string;
}

/** A form that a button opens. The simulator knows only the fields that the request names. */
export interface PhoneForm {
  /** The index of the button. */
  readonly index: number;
  readonly token?: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** What a phone shows of a message, in the same format for every provider. */
export interface PhoneContent {
  readonly header?: PhoneHeader;
  readonly text: string;
  readonly footer?: string;
  readonly buttons: readonly PhoneButton[];
  readonly list?: PhoneList;
  readonly cards?: readonly PhoneCard[];
  readonly pix?: PhonePix;
  readonly form?: PhoneForm;
}

/** The outcome of a webhook: a status, or why there is none. */
export interface WebhookOutcome {
  readonly status?: number;
  readonly error?: string;
  /** The URL. Empty if no URL is set. */
  readonly url: string;
}

/** A reply other than a press or a text. */
export type PhoneReply =
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'contact'; readonly name: string; readonly phone: string }
  | { readonly kind: 'form'; readonly fields: PhoneForm['fields'] }
  | { readonly kind: 'permission'; readonly isAccepted: boolean; readonly isPermanent: boolean }
  | { readonly kind: 'medium'; readonly medium: Exclude<PhoneHeader, { readonly kind: 'text' }> };

/** The recipient's reply to a message. */
export interface PhoneAnswer {
  readonly kind: 'press' | 'text' | 'content';
  /** The title of the pressed button, or the text. */
  readonly text: string;
  /** The description of the chosen row. */
  readonly description?: string;
  readonly content?: PhoneReply;
  /** Whether the account marked it as read. Missing if the provider has no read marks. */
  readonly isRead?: boolean;
  /** An ISO 8601 time. */
  readonly at: string;
  /** Missing until the webhook is done. */
  readonly webhook?: WebhookOutcome;
}

/** The owner of a phone. */
export interface PhoneOwner {
  /** The digits of a phone number, or the provider's ID of a group, an email address, … */
  readonly address: string;
  readonly name: string;
}

/** A message on a phone. It can be serialized as JSON. */
export interface PhoneMessage {
  readonly id: string;
  readonly to: PhoneOwner;
  readonly provider: SimulatedProviderName;
  readonly account: string;
  /** An ISO 8601 time. */
  readonly at: string;
  readonly status: 'accepted' | MessageStatus;
  readonly failure?: DeliveryFailure;
  /** The statuses that the provider supports. */
  readonly receipts: readonly MessageStatus[];
  readonly content: PhoneContent;
  readonly answers: readonly PhoneAnswer[];
  /** Until when the account is typing, ISO 8601. */
  readonly typingUntil?: string;
}
