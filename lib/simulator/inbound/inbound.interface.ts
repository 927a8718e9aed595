import type { JsonObject } from '../json.js';
import type { NewSimulatedPerson } from '../people/person.interface.js';

/**
 * What a person sends. docs/simulator-webhooks.md lists the callbacks of each provider; the others are an Error.
 *
 * - `press`: the button of a message that the simulator need not have; `quoting` says which. A `template` button comes
 *   as the Cloud API's type `button`.
 * - `edit`, `revoke`, `reaction`, `poll-vote`: `of` is the id of the message that it is about.
 * - `waiting`: what cannot be read yet; the content follows under the same `messageId`.
 * - `changed-number`, `changed-user-id`: the person is known by the new one afterwards. The latter comes as a field of
 *   its own, or as a `system` message.
 * - `other`: any fields, as they are: what a provider will have tomorrow.
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
      /** Where it can be had. Default: a made-up address. */
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
  | { readonly type: 'waiting' }
  | { readonly type: 'unsupported' }
  | { readonly type: 'changed-number'; readonly phone: string }
  | { readonly type: 'changed-user-id'; readonly userId: string; readonly as?: 'field' | 'message' }
  | { readonly type: 'other'; readonly fields: JsonObject };

/** Where and how something is sent. */
export interface InboundEnvelope {
  /** A number, a lid, a user id or a user name; or a new person, who is known from then on. */
  readonly from: string | NewSimulatedPerson;
  /** The group that it is written in: `…-group` at Z-API, a `group_id` of the Cloud API, any name at Chatvolt. */
  readonly group?: string;
  /** Z-API: the channel that it is posted in, `…@newsletter`. */
  readonly newsletter?: string;
  /** Chatvolt: the channel that it comes by, such as `website` or `telegram`. Default: `whatsapp`. */
  readonly channel?: string;
  /** The id of the message that it quotes. */
  readonly quoting?: string;
  /** Its own id. Default: a new one; null: none, which happens. */
  readonly messageId?: string | null;
  /** Z-API: it answers a story. Default: false. */
  readonly storyReply?: boolean;
}

/** Something that a person sends, whether or not anything was sent to them before. */
export type InboundMessage = InboundEnvelope & InboundContent;

/** How a webhook is posted. */
export interface WebhookOptions {
  /** How often it is posted, the very same bytes each time. Default: 1. */
  readonly times?: number;
  /** The instance, number or agent that the body names, in place of the account's own. */
  readonly heardBy?: string;
  /**
   * Fields put in, or in place of its own: beside `type` at Z-API, beside `eventType` at Chatvolt, in the message or
   * status at the Cloud API.
   */
  readonly fields?: JsonObject;
  /** Whether the body is compressed, as Z-API's may be. Default: false. */
  readonly gzip?: boolean;
}

/** How several texts are posted. */
export interface BurstOptions extends WebhookOptions {
  /** Cloud API: all in one POST, which may hold up to 1,000 updates. Default: one each. */
  readonly together?: boolean;
}

/** How an answer is posted. */
export interface AnswerOptions extends WebhookOptions {
  /** Who answers. Default: whom the message was for; in a group one of its members. */
  readonly by?: string | NewSimulatedPerson;
  /** The answer's own id; null: none. */
  readonly messageId?: string | null;
}

/** How a status is posted. */
export interface DeliverOptions extends WebhookOptions {
  /**
   * Z-API's DeliveryCallback: which of its two ids it names, and in which field. `both`, as documented; `zaap-id-twice`,
   * as in the documented sample of a failure; `zaap-id-alone`, as in older documents. Default: `both`.
   */
  readonly ids?: 'both' | 'zaap-id-twice' | 'zaap-id-alone';
  /** Z-API: tell `sent` by a DeliveryCallback, as its queue does, in place of a MessageStatusCallback. Default: false. */
  readonly byQueue?: boolean;
  /** Cloud API, in a group: the member whose receipt it is. */
  readonly participant?: string;
  /** Cloud API: a status that is no message's. Default: `message`, which is left out. */
  readonly type?: 'message' | 'payment' | 'call';
}
