import { useId, useState } from 'preact/hooks';
import { useTexts } from '../language/language.js';
import type { RequestSheetProps } from './request-button.js';
import { Sheet } from './sheet.js';

const CHOICES = {
  always: { type: 'call-permission', response: 'accept', permanent: true },
  temporary: { type: 'call-permission', response: 'accept' },
  never: { type: 'call-permission', response: 'reject' },
} as const;
const NAMES = ['always', 'temporary', 'never'] as const;

/** Allows calls of the business, or does not. */
export function PermissionSheet({ title, reply, onClose }: RequestSheetProps) {
  const { request } = useTexts();
  const [chosen, choose] = useState<(typeof NAMES)[number]>();
  const group = useId();
  const send = (): void => {
    if (chosen) reply(CHOICES[chosen]);
  };
  return (
    <Sheet title={title} closeLabel={request.close} canSend={chosen !== undefined} onSend={send} onClose={onClose}>
      <fieldset>
        <legend class="unseen">{title}</legend>
        {NAMES.map((name) => (
          <label key={name} class="sheet-row">
            <span class="sheet-row-text">{request.permissions[name]}</span>
            <input type="radio" name={group} checked={chosen === name} onChange={() => choose(name)} />
          </label>
        ))}
      </fieldset>
    </Sheet>
  );
}
