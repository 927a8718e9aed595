import type { SimulatedWhatsAppCloudAccount } from 'nestjs-button-messaging/simulator';
import type { Callback } from '../callback-address.js';

/** A reply button or a row of a list. */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** A message of any kind. */
export interface HeardMessage {
  readonly type: string;
  readonly from: string | undefined;
  /** The business-scoped user id. */
  readonly userId: string | undefined;
}

/** What a client's own parser made of a callback. */
export interface Heard {
  /** Of every kind. */
  readonly messages: readonly HeardMessage[];
  readonly presses: readonly { id: string; title: string; inReplyTo: string | undefined; from: string | undefined }[];
  readonly texts: readonly { text: string; from: string | undefined }[];
  readonly statuses: readonly { id: string; status: string; code: number | undefined }[];
}

/**
 * A client of the Cloud API, written by others, behind one face. Sends resolve with the message's id as the client's own
 * answer has it; what a client does not offer is left out.
 */
export interface CloudClient {
  /** The package's name. */
  readonly name: string;
  sendText(to: string, text: string): Promise<string>;
  sendButtons(to: string, text: string, choices: readonly [Choice, ...Choice[]]): Promise<string>;
  sendList?(to: string, text: string, label: string, rows: readonly [Choice, ...Choice[]]): Promise<string>;
  sendCtaUrl?(to: string, text: string, label: string, url: string): Promise<string>;
  /** A template with one text in its body. */
  sendTemplate?(to: string, name: string, language: 'pt_BR', word: string): Promise<string>;
  /** To a business-scoped user id. */
  sendTextToUser?(userId: string, text: string): Promise<string>;
  /** Whether the client's answer says that it worked. */
  markRead(messageId: string): Promise<boolean>;
  showTyping?(messageId: string): Promise<boolean>;
  /** Whether the signature is the app's. */
  admits?(callback: Callback): Promise<boolean>;
  hear?(callback: Callback): Promise<Heard>;
  /** The challenge, where the verify token is the app's. */
  verify?(query: URLSearchParams): Promise<string | undefined>;
  /** Meta's code in what a call rejected with, as the client tells it. */
  codeOf(error: unknown): Promise<unknown>;
}

export type CloudClientFactory = (account: SimulatedWhatsAppCloudAccount) => CloudClient;
