import type { IconNode } from 'lucide';
import { h } from 'preact';

/** A decorative icon, hidden from screen readers because a text next to it says the same. */
export function Icon({ of, size = 18, class: name = '' }: { of: IconNode; size?: number; class?: string }) {
  return (
    <svg
      class={`icon ${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {of.map(([tag, attributes], place) => h(tag, { ...attributes, key: place }))}
    </svg>
  );
}
