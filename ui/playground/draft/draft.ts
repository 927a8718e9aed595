import type { Button } from 'nestjs-button-messaging';

/** The field of a message that contains a button's target, by button type. */
export const buttonTargets = { reply: 'id', url: 'url', call: 'phone', copy: 'code' } as const satisfies Record<
  Button['type'],
  string
>;

/** A button of a draft. */
export interface DraftButton {
  /** Identifies the button when it is moved. */
  readonly key: string;
  readonly type: Button['type'];
  readonly title: string;
  /** An ID, URL, phone number or code, depending on the type. */
  readonly target: string;
}

export type HeaderKind = 'none' | 'text' | 'image' | 'video';

/** A message that is being written, and the options of its send. */
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

/** Returns an empty button. */
export function newButton(type: Button['type']): DraftButton {
  return { key: crypto.randomUUID(), type, title: '', target: '' };
}

/** Returns the request body for a draft, which may be invalid. */
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
