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
  /** The business-scoped user ID. */
  readonly userId: string | undefined;
}

/** What a client parses from a webhook. */
export interface Heard {
  /** Messages of every type. */
  readonly messages: readonly HeardMessage[];
  readonly presses: readonly { id: string; title: string; inReplyTo: string | undefined; from: string | undefined }[];
  readonly texts: readonly { text: string; from: string | undefined }[];
  readonly statuses: readonly { id: string; status: string; code: number | undefined }[];
}

/**
 * One interface for clients of the Cloud API. Sends return the message ID from the client's result. Methods that a client
 * does not offer are missing.
 */
export interface CloudClient {
  /** The name of the package. */
  readonly name: string;
  sendText(to: string, text: string): Promise<string>;
  sendButtons(to: string, text: string, choices: readonly [Choice, ...Choice[]]): Promise<string>;
  sendList?(to: string, text: string, label: string, rows: readonly [Choice, ...Choice[]]): Promise<string>;
  sendCtaUrl?(to: string, text: string, label: string, url: string): Promise<string>;
  /** Sends a template with one text in its body. */
  sendTemplate?(to: string, name: string, language: 'pt_BR', word: string): Promise<string>;
  /** Sends to a business-scoped user ID. */
  sendTextToUser?(userId: string, text: string): Promise<string>;
  /** Returns whether the client reports success. */
  markRead(messageId: string): Promise<boolean>;
  showTyping?(messageId: string): Promise<boolean>;
  /** Returns whether the signature is valid. */
  admits?(callback: Callback): Promise<boolean>;
  hear?(callback: Callback): Promise<Heard>;
  /** Returns the challenge if the verify token is correct. */
  verify?(query: URLSearchParams): Promise<string | undefined>;
  /** Returns Meta's error code from an error of the client. */
  codeOf(error: unknown): Promise<unknown>;
}

export type CloudClientFactory = (account: SimulatedWhatsAppCloudAccount) => CloudClient;
