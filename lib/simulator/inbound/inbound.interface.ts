import type { JsonObject } from '../json.js';
import type { NewSimulatedPerson } from '../people/person.interface.js';

/**
 * The content of a person's message. docs/simulator-webhooks.md lists the callbacks of each provider. Others throw an
 * error.
 *
 * - `press`: the button of a message, which need not exist in the simulator. `quoting` is its ID. A `template` button
 * has
 *   the Cloud API's type `button`.
 * - `edit`, `revoke`, `reaction`, `poll-vote`: `of` is the ID of the message that changes.
 * - `flow`: the response of a form. `call-permission`: whether the account may call.
 * - `waiting`: a message that cannot be read yet. The content follows with the same `messageId`.
 * - `changed-number`, `changed-user-id`: the person has the new one afterwards. The latter is a field of its own, or a
 *   `system` message.
 * - `other`: any fields, for content that providers may add.
 *
 * @publicApi
 */
export type InboundContent =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'press';
      readonly id: string;
      readonly title: string;
      readonly kind?: 'reply' | 'option' | 'template';
    }
  | {
      readonly type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
      readonly caption?: string;
      /** The URL of the file. @default a generated URL */
      readonly url?: string;
      readonly mimeType?: string;
      readonly filename?: string;
    }
  | { readonly type: 'reaction'; readonly of: string; readonly emoji: string }
  | { readonly type: 'edit'; readonly of: string; readonly text: string }
  | { readonly type: 'revoke'; readonly of: string }
  | { readonly type: 'poll-vote'; readonly of: string; readonly options: readonly string[] }
  | { readonly type: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly type: 'contact'; readonly name: string; readonly phone: string }
  | { readonly type: 'flow'; readonly name?: string; readonly response: JsonObject }
  | {
      readonly type: 'call-permission';
      readonly response: 'accept' | 'reject';
      /** Whether the permission has no end. Otherwise it ends after 7 days. @default false */
      readonly permanent?: boolean;
    }
  | { readonly type: 'waiting' }
  | { readonly type: 'unsupported' }
  | { readonly type: 'changed-number'; readonly phone: string }
  | { readonly type: 'changed-user-id'; readonly userId: string; readonly as?: 'field' | 'message' }
  | { readonly type: 'other'; readonly fields: JsonObject };

/** A reply other than a press or a text: a form's response, a location, a contact, a picture, … @publicApi */
export type ReplyContent = Exclude<
  InboundContent,
  { readonly type: 'text' | 'press' | 'waiting' | 'changed-number' | 'changed-user-id' }
>;

/** Where and how a message is sent. @publicApi */
export interface InboundEnvelope {
  /** A phone number, a lid, a user ID or a user name. Or a new person, who is added. */
  readonly from: string | NewSimulatedPerson;
  /** The group: `…-group` of Z-API, a `group_id` of the Cloud API, any name for Chatvolt. */
  readonly group?: string;
  /** Z-API: the channel, `…@newsletter`. */
  readonly newsletter?: string;
  /** Chatvolt: the channel, such as `website` or `telegram`. @default 'whatsapp' */
  readonly channel?: string;
  /** The ID of the quoted message. */
  readonly quoting?: string;
  /** The ID of the message. null means none, which real webhooks may have. @default a new ID */
  readonly messageId?: string | null;
  /** Z-API: whether it replies to a story. @default false */
  readonly storyReply?: boolean;
}

/** A message from a person, independent of sent messages. @publicApi */
export type InboundMessage = InboundEnvelope & InboundContent;

/** Options of a webhook. @publicApi */
export interface WebhookOptions {
  /** How often the same bytes are sent. @default 1 */
  readonly times?: number;
  /** Replaces the account's own instance, phone number or agent in the body. */
  readonly heardBy?: string;
  /**
   * Additional or replaced fields: next to `type` for Z-API, next to `eventType` for Chatvolt, in the message or status
   * for the Cloud API.
   */
  readonly fields?: JsonObject;
  /** Whether the body is compressed, as Z-API's may be. @default false */
  readonly gzip?: boolean;
}

/** Options of several texts. @publicApi */
export interface BurstOptions extends WebhookOptions {
  /** Cloud API: whether all are in one POST request, which may contain up to 1,000 updates. @default false */
  readonly together?: boolean;
}

/** Options of a reply. @publicApi */
export interface AnswerOptions extends WebhookOptions {
  /** The person who replies. @default the message's recipient, or a member of its group */
  readonly by?: string | NewSimulatedPerson;
  /** The ID of the reply. null means none. */
  readonly messageId?: string | null;
}

/** Options of a reply with content. @publicApi */
export interface ReplyOptions extends AnswerOptions {
  /** Whether it quotes the message. @default true */
  readonly quoting?: boolean;
}

/** Options of a status. @publicApi */
export interface DeliverOptions extends WebhookOptions {
  /**
   * Z-API's DeliveryCallback: the IDs in the body. `both` is documented. `zaap-id-twice` occurs in the documented
   * failure. `zaap-id-alone` occurs in older documentation.
   *
   * @default 'both'
   */
  readonly ids?: 'both' | 'zaap-id-twice' | 'zaap-id-alone';
  /** Z-API: whether `sent` is a DeliveryCallback of the queue, instead of a MessageStatusCallback. @default false */
  readonly byQueue?: boolean;
  /** Cloud API: the group member of the receipt. */
  readonly participant?: string;
  /** Cloud API: the type of a status that does not belong to a message. @default 'message', which is left out */
  readonly type?: 'message' | 'payment' | 'call';
}
