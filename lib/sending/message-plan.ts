import type { Mapping, OutgoingMessage, ProviderAdapter } from '../adapters/provider-adapter.interface.js';
import type { Account } from '../config/accounts/account.js';
import type { ButtonMessage } from '../message/button-message.interface.js';

/** The options for messages that a provider does not support as they are. */
export interface PlanOptions {
  mixed?: 'reject' | 'split' | undefined;
  fallback?: 'none' | 'text' | undefined;
}

/** The form in which an account supports a message. */
export type MessageForm = 'buttons' | 'split' | 'text';

/** The requests of a message in order, or the reasons why the account does not support it. */
export type Plan = { as: MessageForm; parts: OutgoingMessage[] } | { reasons: string[] };

/** Chooses the best supported form: buttons, else split, else text, as the options allow. */
export function planMessage(
  message: ButtonMessage,
  provider: ProviderAdapter,
  account: Account,
  options: PlanOptions,
): Plan {
  const plan = formOf(message, provider, account, options);
  return 'reasons' in plan ? plan : { ...plan, parts: plan.parts.map((part) => ({ message, ...part })) };
}

function formOf(message: ButtonMessage, provider: ProviderAdapter, account: Account, options: PlanOptions): Plan {
  const whole = provider.map(message, account);
  if ('outgoing' in whole) return { as: 'buttons', parts: [whole.outgoing] };
  if (options.mixed === 'split') {
    const parts = splitByButtonType(message).map((half) => provider.map(half, account));
    const outgoing = parts.flatMap(outgoingOf);
    if (parts.length === 2 && outgoing.length === 2) return { as: 'split', parts: outgoing };
  }
  if (options.fallback === 'text') {
    const text = provider.mapText(message, account);
    return 'outgoing' in text
      ? { as: 'text', parts: [text.outgoing] }
      : { reasons: [...whole.reasons, ...text.reasons] };
  }
  return { reasons: whole.reasons };
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
