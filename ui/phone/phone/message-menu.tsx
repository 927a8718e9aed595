import { Check, CheckCheck, ChevronDown, CircleAlert, Copy, Reply } from 'lucide';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import type { Act } from './phone.js';

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
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (doing: () => void) => (): void => {
    close();
    doing();
  };
  return (
    <div class="message-menu">
      <button
        ref={opener}
        type="button"
        class="message-menu-opener"
        aria-label={texts.messageMenu}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon of={ChevronDown} size={18} />
      </button>
      {isOpen && (
        <Menu id={id} label={texts.messageMenu} opener={opener.current} onClose={close}>
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

interface MenuProps {
  readonly id: string;
  readonly label: string;
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
  readonly children: preact.ComponentChildren;
}

function Menu({ id, label, opener, onClose, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current && opener) placeBeside(menu.current, opener);
    itemsOf(menu.current)[0]?.focus();
  }, []);
  useEffect(() => {
    const closeOutside = (event: Event): void => {
      const isInside =
        event.target instanceof Node && (menu.current?.contains(event.target) || opener?.contains(event.target));
      if (!isInside) onClose();
    };
    // The conversation also scrolls when messages arrive.
    const follow = (): void => {
      if (!menu.current || !opener) return;
      if (isInSight(opener)) placeBeside(menu.current, opener);
      else onClose();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('scroll', follow, true);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('scroll', follow, true);
    };
  }, []);
  const handleKey = (event: KeyboardEvent): void => {
    const items = itemsOf(menu.current);
    const place = items.findIndex((item) => item.matches(':focus'));
    const steps = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 };
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key in steps) {
      event.preventDefault();
      const next = Object.entries(steps).find(([key]) => key === event.key)?.[1] ?? 0;
      items.at(next % items.length)?.focus();
    }
  };
  return (
    <div class="menu" id={id} ref={menu} role="menu" aria-label={label} tabIndex={-1} onKeyDown={handleKey}>
      {children}
    </div>
  );
}

interface ItemProps {
  readonly drawing: typeof Check;
  readonly label: string;
  readonly class?: string;
  readonly onChoose: () => void;
}

function Item({ drawing, label, class: name = '', onChoose }: ItemProps) {
  return (
    <button type="button" role="menuitem" class="menu-item" tabIndex={-1} onClick={onChoose}>
      <span class={name}>
        <Icon of={drawing} size={17} />
      </span>
      {label}
    </button>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function screenOf(opener: HTMLElement): DOMRect {
  return (opener.closest('.conversation') ?? document.body).getBoundingClientRect();
}

function isInSight(opener: HTMLElement): boolean {
  const [button, screen] = [opener.getBoundingClientRect(), screenOf(opener)];
  return button.bottom > screen.top && button.top < screen.bottom;
}

/** Places the menu below its button, or above if there is no room, within the conversation. */
function placeBeside(menu: HTMLElement, opener: HTMLElement): void {
  const button = opener.getBoundingClientRect();
  const screen = screenOf(opener);
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + 4;
  const top = below + height > screen.bottom - 8 ? button.top - height - 4 : below;
  const left = Math.min(Math.max(button.right - width, screen.left + 8), screen.right - width - 8);
  menu.style.top = `${Math.max(top, screen.top + 8)}px`;
  menu.style.left = `${left}px`;
}
