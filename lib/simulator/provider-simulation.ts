import type { IncomingHttpHeaders } from 'node:http';
import type { AccountStore } from './accounts/account-store.js';
import type { SendCallback } from './callbacks/send-callback.interface.js';
import { FileStore, linkOf, type SimulatedFile } from './files/file-store.js';
import type { AccountNews } from './inbound/account-news.interface.js';
import type { DeliverOptions, InboundContent } from './inbound/inbound.interface.js';
import { type Inbound, isMedia } from './inbound/inbound.js';
import type { JsonObject } from './json.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import type { PeopleStore } from './people/people-store.js';
import type { SimulatedPerson } from './people/person.interface.js';
import type { PhoneContent } from './phones/phone-message.interface.js';
import { type HttpResponse, jsonResponse } from './server/http-response.js';
import type { SimulatedAccount, SimulatedProviderName } from './simulated-account.interface.js';

/** A request to a provider. Its path has no prefix of the simulator. */
export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The bytes of the body, which may be a file. */
  readonly bytes: Buffer;
}

/** What a provider knows about a message that it accepts. The store adds the rest. */
export type MessageDraft = Omit<AcceptedMessage, 'requestId' | 'receivedAt' | 'status' | 'failure' | 'answers'>;

/**
 * How a provider handles a request. Nothing changes until `settle` is called, because a fault may prevent it. `done` is
 * a request that changes something and sends nothing, such as marking a message as read.
 */
export type Handling =
  | {
      readonly kind: 'accepted';
      readonly answer: HttpResponse;
      readonly message: MessageDraft;
      readonly settle?: () => void;
      /** What the provider reports after the response. */
      readonly callbacks?: readonly SendCallback[];
    }
  | {
      readonly kind: 'done';
      readonly answer: HttpResponse;
      readonly settle?: () => void;
      /** The person's message that is read now. */
      readonly read?: ReadMark;
    }
  | { readonly kind: 'refused' | 'read'; readonly answer: HttpResponse };

/** Marks a person's message as read. */
export interface ReadMark {
  readonly account: string;
  readonly messageId: string;
  /** Whether the account shows that it is typing. */
  readonly isTyping: boolean;
}

/** A status of a message. */
export interface StatusUpdate extends Omit<DeliverOptions, 'times' | 'gzip'> {
  readonly status: MessageStatus;
  readonly failure: DeliveryFailure | undefined;
}

/** The operations on accounts that all providers share. */
export type KnownAccounts = Pick<
  AccountStore<SimulatedAccount>,
  'list' | 'named' | 'get' | 'add' | 'change' | 'remove'
>;

/** The simulation of a provider. */
export abstract class ProviderSimulation {
  /** The first part of its URLs: `/z-api`. */
  readonly pathPrefix: string;
  readonly baseUrl: string;
  abstract readonly accounts: KnownAccounts;
  /** The statuses that the provider supports. */
  readonly receipts: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'failed'];

  /** The files that people sent. */
  protected readonly files = new FileStore();

  constructor(
    readonly name: SimulatedProviderName,
    root: string,
    protected readonly people: PeopleStore,
  ) {
    this.pathPrefix = `/${name}`;
    this.baseUrl = root + this.pathPrefix;
  }

  abstract handle(request: ProviderRequest): Handling | Promise<Handling>;

  /** Returns the webhook body of a status. @throws Error if this provider has none. */
  abstract statusUpdate(message: AcceptedMessage, statusUpdate: StatusUpdate): JsonObject;

  /** Returns the webhook body of a person's message. @throws Error if this provider has none. */
  abstract inbound(account: string, inbound: Inbound): JsonObject;

  /** Returns the webhook body of a message that the account sent. */
  abstract echo(message: AcceptedMessage): JsonObject;

  /** Returns the webhook body of an account's event. @throws Error if this provider has none. */
  abstract accountNews(account: string, news: AccountNews): JsonObject;

  /** Returns the group of a message, if it was sent to one. */
  abstract groupOf(message: AcceptedMessage): string | undefined;

  /** Returns what a phone shows of a message. */
  abstract phoneContent(message: AcceptedMessage): PhoneContent;

  /** Returns the headers that authenticate a webhook. */
  abstract webhookCredentials(account: string, body: Buffer): Readonly<Record<string, string>>;

  /** Adds the file of a message, and returns its URL. A given link stays. Returns undefined if there is no file. */
  protected fileUrl(content: InboundContent): string | undefined {
    if (!isMedia(content)) return undefined;
    return linkOf(content) ?? `${this.baseUrl}/files/${this.files.add(content).id}`;
  }

  /** Returns a file that a phone shows by its ID, or undefined. */
  fileOnPhone(id: string): SimulatedFile | undefined {
    return this.files.find(id);
  }

  /** Handles the download of a file at its URL, which needs no credentials. */
  protected download({ method, path }: ProviderRequest): Handling | undefined {
    const [, id] = /^\/files\/([^/]+)$/.exec(path) ?? [];
    return id === undefined || method !== 'GET' ? undefined : { kind: 'read', answer: this.files.download(id) };
  }

  /** Returns the provider's rate limit response. */
  rateLimited(): HttpResponse {
    return jsonResponse(429, { error: 'Too many requests' });
  }

  /** Returns a new ID of a person's message, if the account can mark it as read. */
  inboundId(_from: SimulatedPerson): string | undefined {
    return undefined;
  }

  /** Adds fields to the message in a body. */
  addFields(body: JsonObject, fields: JsonObject): JsonObject {
    return { ...body, ...fields };
  }

  /** Merges bodies. Returns undefined if this provider has one event per body. */
  together(_bodies: readonly JsonObject[]): JsonObject | undefined {
    return undefined;
  }

  /** Returns the account's own URL for this webhook, or undefined. */
  webhookAddress(_account: string, _body: JsonObject): string | undefined {
    return undefined;
  }

  /** Serializes the webhook's body. */
  writeWebhook(body: JsonObject): string {
    return JSON.stringify(body);
  }

  /** Returns the address of the phone that shows a message. */
  phoneAddress(message: AcceptedMessage): string {
    return message.to;
  }
}
