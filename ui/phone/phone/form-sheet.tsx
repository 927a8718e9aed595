import { Plus } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneForm } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import type { RequestSheetProps } from './request-button.js';
import { Sheet, SheetField } from './sheet.js';

interface Field {
  readonly name: string;
  readonly value: string;
  /** Whether the request names it. */
  readonly isGiven: boolean;
}

/** The form of a flow. The simulator does not know its screens, so fields can be added. */
export function FormSheet({ title, form, reply, onClose }: RequestSheetProps & { readonly form: PhoneForm }) {
  const { request } = useTexts();
  const [fields, setFields] = useState<readonly Field[]>(() =>
    form.fields.length > 0
      ? form.fields.map((field) => ({ ...field, isGiven: true }))
      : [{ name: '', value: '', isGiven: false }],
  );
  const change = (place: number, part: Partial<Field>): void =>
    setFields(fields.map((field, each) => (each === place ? { ...field, ...part } : field)));
  const send = (): void => {
    const named = fields
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, value }) => [name.trim(), value] as const);
    reply({
      type: 'flow',
      response: { ...(form.token !== undefined && { flow_token: form.token }), ...Object.fromEntries(named) },
    });
  };
  return (
    <Sheet title={title} closeLabel={request.close} canSend onSend={send} onClose={onClose}>
      {fields.map((field, place) => (
        <div key={place} class="sheet-pair">
          {!field.isGiven && (
            <SheetField label={request.fieldName} value={field.name} onInput={(name) => change(place, { name })} />
          )}
          <SheetField
            label={request.fieldValue(field.name)}
            value={field.value}
            onInput={(value) => change(place, { value })}
          />
        </div>
      ))}
      <button
        type="button"
        class="sheet-add"
        onClick={() => setFields([...fields, { name: '', value: '', isGiven: false }])}
      >
        <Icon of={Plus} size={17} />
        {request.addField}
      </button>
    </Sheet>
  );
}
