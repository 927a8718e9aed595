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
import type { OfferedButton } from '../stores/sent-message.store.js';

/** The options for messages that a provider does not support as they are. */
export interface PlanOptions {
  mixed?: 'reject' | 'split' | undefined;
  fallback?: 'none' | 'text' | undefined;
  inReplyTo?: string | undefined;
}

/** The form in which an account supports a message. */
export type MessageForm = MessageKind | 'split';

/** The requests of a message in order, or the reasons why the account does not support it. */
export type Plan =
  | { as: MessageForm; degraded?: SentMessage['degraded']; parts: OutgoingMessage[] }
  | { reasons: string[] };

/** Chooses the best supported form: the message as given, else split, else as a text, as the options allow. */
export function planMessage(message: Message, provider: ProviderAdapter, account: Account, options: PlanOptions): Plan {
  const plan = formOf(message, provider, account, options);
  if ('reasons' in plan) return plan;
  const parts = plan.parts.map((part) => ({ message, ...part, buttons: withSynonyms(part.buttons, message) }));
  return { ...plan, parts };
}

function formOf(message: Message, provider: ProviderAdapter, account: Account, options: PlanOptions): Plan {
  const quoting = (mapping: Mapping) => quotingMapping(mapping, provider, account, options.inReplyTo);
  const whole = quoting(provider.map(message, account));
  if ('outgoing' in whole) return { as: messageKind(message), parts: [whole.outgoing] };
  if (!isRichMessage(message)) return whole;
  if (options.mixed === 'split' && isButtonMessage(message)) {
    const parts = splitByButtonType(message).map((half) => quoting(provider.map(half, account)));
    const outgoing = parts.flatMap(outgoingOf);
    if (parts.length === 2 && outgoing.length === 2) return { as: 'split', degraded: 'split', parts: outgoing };
  }
  if (options.fallback === 'text') {
    const text = quoting(provider.mapText(message, account));
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

/** Adds the synonyms of reply buttons, which no provider knows. */
function withSynonyms(offered: OfferedButton[], message: Message): OfferedButton[] {
  if (!isButtonMessage(message)) return offered;
  const synonyms = new Map(
    message.buttons.flatMap((button) =>
      button.type === 'reply' && button.synonyms ? [[button.id, button.synonyms]] : [],
    ),
  );
  if (synonyms.size === 0) return offered;
  return offered.map((button) => {
    const own = button.link ? undefined : synonyms.get(button.id);
    return own ? { ...button, synonyms: own } : button;
  });
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
