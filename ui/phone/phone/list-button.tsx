import { List } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneList } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import type { Press } from './buttons.js';
import { ListSheet } from './list-sheet.js';

/** Opens a message's list. */
export function ListButton({ list, press }: { list: PhoneList; press?: Press }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="buttons">
      <button type="button" class="message-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon of={List} size={17} />
        <bdi>{list.button}</bdi>
      </button>
      {isOpen && <ListSheet list={list} onClose={() => setOpen(false)} {...(press && { press })} />}
    </div>
  );
}
