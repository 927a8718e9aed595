import type { Button } from 'nestjs-button-messaging';

/** What a button of each kind acts upon, by the name it has in a message. */
export const buttonTargets = { reply: 'id', url: 'url', call: 'phone', copy: 'code' } as const satisfies Record<
  Button['type'],
  string
>;

/** A button as it is being written. */
export interface DraftButton {
  /** Stays with the button wherever it is moved. */
  readonly key: string;
  readonly type: Button['type'];
  readonly title: string;
  /** What it acts upon: an id, an address, a number or a code. */
  readonly target: string;
}

export type HeaderKind = 'none' | 'text' | 'image' | 'video';

/** A message as it is being written, and how it is to go. */
export interface Draft {
  readonly to: string;
  readonly text: string;
  readonly headerKind: HeaderKind;
  readonly header: string;
  readonly footer: string;
  readonly buttons: readonly DraftButton[];
  readonly account: string;
  readonly by: 'send' | 'queue';
  readonly split: boolean;
  readonly asText: boolean;
  readonly lateText: boolean;
}

export type ChangeDraft = (change: Partial<Draft>) => void;

/** A button that nothing is written on yet. */
export function newButton(type: Button['type']): DraftButton {
  return { key: crypto.randomUUID(), type, title: '', target: '' };
}

/** The draft as the server takes it: a message, faults and all, and its options. */
export function draftBody(draft: Draft) {
  const { to, text, headerKind, header, footer, buttons, account, split, asText, lateText } = draft;
  return {
    message: {
      to,
      text,
      ...(headerKind !== 'none' && { header: { [headerKind]: header } }),
      ...(footer !== '' && { footer }),
      buttons: buttons.map(({ type, title, target }) => ({ type, title, [buttonTargets[type]]: target })),
    },
    account,
    mixed: split ? 'split' : 'reject',
    fallback: asText ? 'text' : 'none',
    lateFallback: lateText ? 'text' : 'none',
  };
}
