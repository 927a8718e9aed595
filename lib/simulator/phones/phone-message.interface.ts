import type { DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';
import type { SimulatedButtonType } from '../messages/simulated-button.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';

/** What stands above a message's text. Media without a `url` are known to the provider alone; some have a title below. */
export type PhoneHeader =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image' | 'video' | 'document'; readonly url?: string; readonly title?: string };

/** A button as it is drawn below a message or a card. */
export interface PhoneButton {
  /** Its place among the message's buttons, by which it is pressed. */
  readonly index: number;
  readonly title: string;
  readonly type: SimulatedButtonType;
  /** What it acts upon: the address of a link, the number to call, the text to copy. */
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
  /** What stands at the head of the open list. */
  readonly title?: string;
  readonly sections: readonly { readonly title?: string; readonly rows: readonly PhoneRow[] }[];
}

/** A card of a carousel. */
export interface PhoneCard {
  readonly text: string;
  readonly image: string;
  readonly buttons: readonly PhoneButton[];
}

/** A Pix key to pay to. */
export interface PhonePix {
  readonly merchant: string;
  readonly key: string;
  readonly keyType: string;
}

/** What a phone shows of a message, the same for every provider. */
export interface PhoneContent {
  readonly header?: PhoneHeader;
  readonly text: string;
  readonly footer?: string;
  readonly buttons: readonly PhoneButton[];
  readonly list?: PhoneList;
  readonly cards?: readonly PhoneCard[];
  readonly pix?: PhonePix;
}

/** What became of a webhook: a status, or why there is none. */
export interface WebhookOutcome {
  readonly status?: number;
  readonly error?: string;
  /** Where it was posted; `''` where no address is set. */
  readonly url: string;
}

/** What the recipient did with a message. */
export interface PhoneAnswer {
  readonly kind: 'press' | 'text';
  /** The pressed button's title, or the text. */
  readonly text: string;
  /** The description of the row that was chosen. */
  readonly description?: string;
  /** ISO 8601. */
  readonly at: string;
  /** Absent until the webhook is over. */
  readonly webhook?: WebhookOutcome;
}

/** Who has a phone. */
export interface PhoneOwner {
  /** Digits where it is a number; else what the provider calls it: a group, an e-mail address, … */
  readonly address: string;
  readonly name: string;
}

/** A message on a phone. Everything in it is JSON. */
export interface PhoneMessage {
  readonly id: string;
  readonly to: PhoneOwner;
  readonly provider: SimulatedProviderName;
  readonly account: string;
  /** ISO 8601. */
  readonly at: string;
  readonly status: 'accepted' | MessageStatus;
  readonly failure?: DeliveryFailure;
  /** What the provider can tell of the message's way. */
  readonly receipts: readonly MessageStatus[];
  readonly content: PhoneContent;
  readonly answers: readonly PhoneAnswer[];
}
