import type { Button } from './button-message.interface.js';
import { headerFields } from './header-fields.js';
import {
  isListMessage,
  isTemplateMessage,
  type ListMessage,
  type RichMessage,
  type TemplateMessage,
} from './message.interface.js';
import { phoneDigits } from './recipient-kind.js';

/**
 * Writes a message as a text with numbered choices: `1. Title`, with the URL, phone number or code of the button, or the
 * description of the row. A template becomes its `text`.
 */
export function textFallback(message: RichMessage): string {
  if (isTemplateMessage(message)) return message.text ?? '';
  const choices = isListMessage(message) ? writtenSections(message) : [numbered(message.buttons.map(written))];
  const parts = [headerText(message), message.text, ...choices, message.footer];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Returns why a message has no text fallback, if it has none. */
export function reasonsAgainstTextFallback(message: RichMessage): string[] {
  if (isTemplateMessage(message))
    return message.text === undefined ? ['text fallback requires the text of a template'] : [];
  if (headerFields(message.header).mediaId !== undefined) return ['text fallback cannot include an uploaded file'];
  return headerText(message)?.startsWith('data:') ? ['text fallback cannot include a data URI'] : [];
}

function numbered(lines: string[], first = 1): string {
  return lines.map((line, index) => `${first + index}. ${line}`).join('\n');
}

function writtenSections({ list }: ListMessage): string[] {
  let next = 1;
  return list.sections.map(({ title, rows }) => {
    const lines = rows.map((row) => (row.description === undefined ? row.title : `${row.title} - ${row.description}`));
    const section = numbered(lines, next);
    next += rows.length;
    return title === undefined ? section : `${title}\n${section}`;
  });
}

function headerText({ header }: Exclude<RichMessage, TemplateMessage>): string | undefined {
  const { text, image, video, document } = headerFields(header);
  return text ?? image ?? video ?? document?.link;
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
