import type { Message } from 'nestjs-button-messaging';
import type { AsJson } from './as-json.js';

/** Returns the text of a message. A template without one has its name and the values of its body. */
export function messageText(message: AsJson<Message>): string {
  if ('template' in message && message.text === undefined) {
    const { name, body = {} } = message.template;
    return [name, ...Object.values(body)].join(' · ');
  }
  return message.text ?? '';
}
