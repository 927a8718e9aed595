import { useState } from 'preact/hooks';
import type { PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import { useTexts } from '../language/language.js';
import type { RequestSheetProps } from './request-button.js';
import { Sheet, SheetField } from './sheet.js';

/** Sends a contact: the phone's owner, unless another is typed. */
export function ContactSheet({ title, owner, reply, onClose }: RequestSheetProps & { readonly owner: PhoneOwner }) {
  const { request } = useTexts();
  const [name, setName] = useState(owner.name);
  const [phone, setPhone] = useState(/^\d+$/.test(owner.address) ? owner.address : '');
  const digits = phone.replace(/\D/g, '');
  const send = (): void => reply({ type: 'contact', name: name.trim(), phone: digits });
  return (
    <Sheet
      title={title}
      closeLabel={request.close}
      canSend={name.trim() !== '' && digits !== ''}
      onSend={send}
      onClose={onClose}
    >
      <div class="sheet-pair">
        <SheetField label={request.name} value={name} onInput={setName} />
        <SheetField label={request.phone} value={phone} inputMode="tel" onInput={setPhone} />
      </div>
    </Sheet>
  );
}
