import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { InboundContent, InboundEnvelope } from './inbound.interface.js';

/** A person's message, for the callbacks of providers. */
export type Inbound = { readonly [K in keyof Omit<InboundEnvelope, 'from'>]: InboundEnvelope[K] | undefined } & {
  readonly from: SimulatedPerson;
  readonly content: InboundContent;
  /** The accepted message that it replies to. */
  readonly answered?: AcceptedMessage;
  /** Replaces the account's own ID in the body. */
  readonly heardBy?: string | undefined;
};

export type InboundMedia = Extract<InboundContent, { readonly url?: string }>;

const MIME_TYPES: Readonly<Record<InboundMedia['type'], string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
};

export function isMedia(content: InboundContent): content is InboundMedia {
  return Object.hasOwn(MIME_TYPES, content.type);
}

export function mimeTypeOf({ type, mimeType = MIME_TYPES[type] }: InboundMedia): string {
  return mimeType;
}

/** Creates the error for a callback that a provider does not document. */
export function unsupportedCallback(provider: string, what: string): Error {
  return new Error(`${provider} documents no callback for "${what}". Use postWebhook() for any body`);
}
