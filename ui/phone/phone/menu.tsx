import type { IconNode } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons/icon.js';

interface MenuProps {
  readonly id: string;
  readonly label: string;
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
  readonly children: preact.ComponentChildren;
}

/** A menu next to its button. It closes by Escape, Tab or a click elsewhere, and moves with its button. */
export function Menu({ id, label, opener, onClose, children }: MenuProps) {
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
  readonly drawing: IconNode;
  readonly label: string;
  readonly class?: string;
  readonly onChoose: () => void;
}

/** An entry of a menu. */
export function Item({ drawing, label, class: name = '', onChoose }: ItemProps) {
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
