import type { ReplyContent } from '../inbound/inbound.interface.js';
import { isMedia } from '../inbound/inbound.js';
import type { PhoneReply } from './phone-message.interface.js';

/** Returns the text of a reply in one line. */
export function replyText(content: ReplyContent): string {
  if (isMedia(content)) return content.caption ?? '';
  switch (content.type) {
    case 'reaction':
      return content.emoji;
    case 'edit':
      return content.text;
    case 'poll-vote':
      return content.options.join(', ');
    case 'contact':
      return content.name;
    case 'location':
      return `${content.latitude}, ${content.longitude}`;
    case 'flow':
    case 'call-permission':
      return '';
    default:
      return content.type;
  }
}

/** Returns what a phone draws of a reply, other than its text. */
export function phoneReply(content: ReplyContent): PhoneReply | undefined {
  if (isMedia(content)) {
    const { type, url, filename } = content;
    return { kind: 'medium', medium: { kind: type, ...(url && { url }), ...(filename && { filename }) } };
  }
  switch (content.type) {
    case 'location':
      return { kind: 'location', latitude: content.latitude, longitude: content.longitude };
    case 'contact':
      return { kind: 'contact', name: content.name, phone: content.phone };
    case 'flow':
      return { kind: 'form', fields: formFields(content.response) };
    case 'call-permission':
      return { kind: 'permission', isAccepted: content.response === 'accept', isPermanent: content.permanent ?? false };
    default:
      return undefined;
  }
}

/** Returns the fields of a form, without the token, which no one sees. */
export function formFields(values: Readonly<Record<string, unknown>>): { name: string; value: string }[] {
  return Object.entries(values)
    .filter(([name]) => name !== 'flow_token')
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }));
}
