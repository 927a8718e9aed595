import { Check, CheckCheck, ChevronDown, CircleAlert, Copy, Reply } from 'lucide';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { Item, Menu } from './menu.js';
import type { Act } from './phone.js';
import { useMenu } from './use-menu.js';

export interface MessageMenuProps {
  readonly message: PhoneMessage;
  readonly act: Act;
  readonly onReply: (messageId: string) => void;
}

const receiptDrawings = {
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  played: CheckCheck,
  failed: CircleAlert,
};

/** The menu of a message: reply to it, copy it, or set its status. */
export function MessageMenu({ message, act, onReply }: MessageMenuProps) {
  const texts = useTexts();
  const { isOpen, menu, button, choose } = useMenu();
  return (
    <div class="message-menu">
      <button {...button} class="message-menu-opener" aria-label={texts.messageMenu}>
        <Icon of={ChevronDown} size={18} />
      </button>
      {isOpen && (
        <Menu {...menu} label={texts.messageMenu}>
          <Item drawing={Reply} label={texts.reply} onChoose={choose(() => onReply(message.id))} />
          <Item
            drawing={Copy}
            label={texts.copyText}
            onChoose={choose(() => void navigator.clipboard.writeText(message.content.text).catch(() => {}))}
          />
          {message.receipts.map((status) => (
            <Item
              key={status}
              drawing={receiptDrawings[status]}
              class={`ticks--${status}`}
              label={texts.mark[status]}
              onChoose={choose(() => void act({ kind: 'deliver', messageId: message.id, status }))}
            />
          ))}
        </Menu>
      )}
    </div>
  );
}
