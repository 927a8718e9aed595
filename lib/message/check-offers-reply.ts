import { InvalidMessageError } from '../errors/message.errors.js';
import { isButtonMessage, isListMessage, isTemplateMessage, type Message } from './message.interface.js';

/** @throws InvalidMessageError if a message has nothing to press or choose, so that no reply can be expected. */
export function checkOffersReply(message: Message): void {
  if (isListMessage(message) || buttonsOf(message).some(({ type }) => type === 'reply')) return;
  const path = isTemplateMessage(message) ? 'template.buttons' : 'buttons';
  const issue = `${path} must have a reply button, because ask() waits for its press. Use send() for other messages`;
  throw new InvalidMessageError([{ path, rule: 'offersReply', message: issue }]);
}

function buttonsOf(message: Message): readonly { type: string }[] {
  if (isButtonMessage(message)) return message.buttons;
  return isTemplateMessage(message) ? (message.template.buttons ?? []) : [];
}
