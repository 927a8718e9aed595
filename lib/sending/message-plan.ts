import type { Mapping, OutgoingMessage, ProviderAdapter } from '../adapters/provider-adapter.interface.js';
import type { Account } from '../config/accounts/account.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { Carrier } from '../message/button-message-options.interface.js';
import {
  isButtonMessage,
  isRichMessage,
  type Message,
  type MessageKind,
  messageKind,
} from '../message/message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** The options for messages that a provider does not support as they are. */
export interface PlanOptions {
  mixed?: 'reject' | 'split' | undefined;
  fallback?: 'none' | 'text' | undefined;
  inReplyTo?: string | undefined;
}

/** The form in which an account supports a message. */
export type MessageForm = MessageKind | 'split';

/** The requests of a message in order. */
export interface SupportedPlan {
  as: MessageForm;
  degraded?: SentMessage['degraded'];
  parts: OutgoingMessage[];
}

/** The requests of a message, or the reasons why the account does not support it. */
export type Plan = SupportedPlan | { reasons: string[] };

const NO_SYNONYMS: ReadonlyMap<string, string[]> = new Map();

/** Chooses the best supported form: the message as given, else split, else as a text, as the options allow. */
export function planMessage(message: Message, provider: ProviderAdapter, account: Account, options: PlanOptions): Plan {
  const complete = (mapping: Mapping) =>
    ofMessage(message, quotingMapping(mapping, provider, account, options.inReplyTo));
  const whole = complete(provider.map(message, account));
  if ('outgoing' in whole) return { as: messageKind(message), parts: [whole.outgoing] };
  if (!isRichMessage(message)) return whole;
  if (options.mixed === 'split' && isButtonMessage(message)) {
    const parts = splitByButtonType(message).map((half) => complete(provider.map(half, account)));
    const outgoing = parts.flatMap(outgoingOf);
    if (parts.length === 2 && outgoing.length === 2) return { as: 'split', degraded: 'split', parts: outgoing };
  }
  if (options.fallback === 'text') {
    const text = complete(provider.mapText(message, account));
    return 'outgoing' in text
      ? { as: 'text', degraded: 'text', parts: [text.outgoing] }
      : { reasons: [...whole.reasons, ...text.reasons] };
  }
  return { reasons: whole.reasons };
}

/** Returns whether an account supports a message, according to its plan. */
export function carrierOf({ name, provider }: Account, plan: Plan): Carrier {
  return 'reasons' in plan
    ? { account: name, provider, carries: false, reasons: plan.reasons }
    : { account: name, provider, carries: true, as: plan.as, reasons: [] };
}

/** Makes a request quote a message, if the options name one. */
function quotingMapping(
  mapping: Mapping,
  provider: ProviderAdapter,
  account: Account,
  inReplyTo: string | undefined,
): Mapping {
  if (inReplyTo === undefined || 'reasons' in mapping) return mapping;
  const quoting = provider.quote?.(mapping.outgoing, inReplyTo);
  return quoting ?? { reasons: [`${account.provider} cannot quote messages`] };
}

/** Adds to a request what no provider knows: the message, and the synonyms of its reply buttons. */
function ofMessage(message: Message, mapping: Mapping): Mapping {
  if ('reasons' in mapping) return mapping;
  const { outgoing } = mapping;
  const synonyms = synonymsIn(message);
  if (synonyms.size === 0) return { outgoing: { message, ...outgoing } };
  const buttons = outgoing.buttons.map((button) => {
    const own = button.link ? undefined : synonyms.get(button.id);
    return own ? { ...button, synonyms: own } : button;
  });
  return { outgoing: { message, ...outgoing, buttons } };
}

function synonymsIn(message: Message): ReadonlyMap<string, string[]> {
  if (!isButtonMessage(message)) return NO_SYNONYMS;
  const entries = message.buttons.flatMap((button): [string, string[]][] =>
    button.type === 'reply' && button.synonyms ? [[button.id, button.synonyms]] : [],
  );
  return entries.length > 0 ? new Map(entries) : NO_SYNONYMS;
}

/** Splits a message into links and replies. Returns nothing if it does not mix them. */
function splitByButtonType(message: ButtonMessage): ButtonMessage[] {
  const replies = message.buttons.filter((button) => button.type === 'reply');
  const links = message.buttons.filter((button) => button.type !== 'reply');
  if (replies.length === 0 || links.length === 0) return [];
  const { footer, ...first } = message;
  const { header, ...last } = message;
  return [
    { ...first, buttons: links },
    { ...last, buttons: replies },
  ];
}

function outgoingOf(mapping: Mapping): OutgoingMessage[] {
  return 'outgoing' in mapping ? [mapping.outgoing] : [];
}
