import { InvalidMessageError } from '../errors/message.errors.js';
import { enumIssue } from './check-send-options.js';
import type { OptionNames } from './option-names.js';
import { SEND_OPTIONS, type SendOptions } from './send-options.interface.js';

/** The options of `ButtonMessagingService.send`. */
export interface ButtonMessageOptions extends SendOptions {
  /** Accounts to try in turn, while each fails for a reason of its own and nothing was sent. In place of `account`. */
  via?: string[];
  /** What to do with reply buttons beside others where a provider must not mix them. Default: `reject`. */
  mixed?: 'reject' | 'split';
  /** `text`: a numbered text where the buttons cannot be carried. Default: `none`. */
  fallback?: 'none' | 'text';
  /**
   * `text`: a numbered text, once, when a status says later that the buttons were refused. Needs webhooks.
   * Default: `none`.
   */
  lateFallback?: 'none' | 'text';
}

/** Their names. */
export const BUTTON_MESSAGE_OPTIONS: OptionNames<ButtonMessageOptions> = {
  ...SEND_OPTIONS,
  via: true,
  mixed: true,
  fallback: true,
  lateFallback: true,
};

const CHOICES = {
  mixed: ['reject', 'split'],
  fallback: ['none', 'text'],
  lateFallback: ['none', 'text'],
} as const;

/**
 * Says that an option has a value that it cannot have: a slip would send otherwise than was meant.
 *
 * @throws InvalidMessageError with paths as `options.fallback`.
 */
export function validateEnumOptions(options: Partial<Record<keyof typeof CHOICES, unknown>>): void {
  const mixed = enumIssue('mixed', options.mixed, CHOICES.mixed);
  const fallback = enumIssue('fallback', options.fallback, CHOICES.fallback);
  const lateFallback = enumIssue('lateFallback', options.lateFallback, CHOICES.lateFallback);
  if (!mixed && !fallback && !lateFallback) return;
  throw new InvalidMessageError([mixed, fallback, lateFallback].filter((issue) => issue !== undefined));
}

/** Whether an account can carry a message. */
export interface Carrier {
  /** The account's name. */
  account: string;
  provider: string;
  /** Whether it can, in one form or another. */
  carries: boolean;
  /** In which form, where it can. */
  as?: 'buttons' | 'split' | 'text';
  /** Why not, where it cannot. */
  reasons: string[];
}
