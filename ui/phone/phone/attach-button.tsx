import { Contact, Image, MapPin, Paperclip } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import type { PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { attachedFile } from './attached-file.js';
import { Item, Menu } from './menu.js';
import { RequestSheet, type SendReply } from './request-button.js';
import { useMenu } from './use-menu.js';

/** Sends a file, a location or a contact of the phone's owner. */
export function AttachButton({ owner, reply }: { owner: PhoneOwner; reply: SendReply }) {
  const { attach } = useTexts();
  const { isOpen, menu, button, choose } = useMenu();
  const [sheet, setSheet] = useState<'location' | 'contact'>();
  const picker = useRef<HTMLInputElement>(null);
  const send = async ({ currentTarget }: { currentTarget: HTMLInputElement }): Promise<void> => {
    const [file] = currentTarget.files ?? [];
    if (file) reply(await attachedFile(file));
    currentTarget.value = '';
  };
  return (
    <div class="attach">
      <button {...button} class="round-button" aria-label={attach.open}>
        <Icon of={Paperclip} size={20} />
      </button>
      <input ref={picker} type="file" class="unseen" tabIndex={-1} aria-label={attach.file} onChange={send} />
      {isOpen && (
        <Menu {...menu} label={attach.open}>
          <Item drawing={Image} label={attach.file} onChoose={choose(() => picker.current?.click())} />
          <Item drawing={MapPin} label={attach.location} onChoose={choose(() => setSheet('location'))} />
          <Item drawing={Contact} label={attach.contact} onChoose={choose(() => setSheet('contact'))} />
        </Menu>
      )}
      {sheet && (
        <RequestSheet
          type={sheet}
          title={attach[sheet]}
          owner={owner}
          reply={reply}
          onClose={() => setSheet(undefined)}
        />
      )}
    </div>
  );
}
