import type { ButtonMessageOptions } from 'nestjs-button-messaging';
import type { Draft, DraftKind } from './draft.js';

/** The kinds of message that each switch is for. */
export const KINDS_WITH = {
  split: ['buttons'],
  asText: ['buttons', 'list', 'template'],
  lateText: ['buttons', 'list', 'template'],
} as const satisfies Record<string, readonly DraftKind[]>;

export function isOptionOf(option: keyof typeof KINDS_WITH, kind: DraftKind): boolean {
  return KINDS_WITH[option].some((known) => known === kind);
}

/**
 * Returns the options of a draft's send, without those that its kind does not have.
 *
 * @param quoted The ID of the person's last message, if there is one.
 */
export function optionsOf(draft: Draft, quoted: string | undefined): ButtonMessageOptions {
  const { kind, account } = draft;
  const isOn = (option: keyof typeof KINDS_WITH): boolean => draft[option] && isOptionOf(option, kind);
  return {
    account,
    ...(isOn('split') && { mixed: 'split' }),
    ...(isOn('asText') && { fallback: 'text' }),
    ...(isOn('lateText') && { lateFallback: 'text' }),
    ...(draft.quotes && quoted !== undefined && { inReplyTo: quoted }),
  };
}
