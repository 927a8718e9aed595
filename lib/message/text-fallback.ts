import type { Button, ButtonMessage } from './button-message.interface.js';
import { headerFields } from './header-fields.js';
import { phoneDigits } from './recipient-kind.js';

/** Writes a message as a text with numbered buttons: `1. Title`, with the URL, phone number or code of the button. */
export function textFallback(message: ButtonMessage): string {
  const lines = message.buttons.map((button, index) => `${index + 1}. ${written(button)}`);
  const parts = [headerText(message), message.text, lines.join('\n'), message.footer];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Returns why a message has no text fallback, if it has none. */
export function reasonsAgainstTextFallback(message: ButtonMessage): string[] {
  return headerText(message)?.startsWith('data:') ? ['text fallback cannot include a data URI'] : [];
}

function headerText({ header }: ButtonMessage): string | undefined {
  const { text, image, video } = headerFields(header);
  return text ?? image ?? video;
}

function written(button: Button): string {
  switch (button.type) {
    case 'reply':
      return button.title;
    case 'url':
      return `${button.title}: ${button.url}`;
    case 'call':
      return `${button.title}: +${phoneDigits(button.phone)}`;
    case 'copy':
      return `${button.title}: ${button.code}`;
  }
}
