import { WindowClosedError } from '../errors/provider.errors.js';
import type { ButtonMessageOptions } from '../message/button-message-options.interface.js';
import { isTemplateMessage, type Message, type Template, type TemplateMessage } from '../message/message.interface.js';

/** Returns the template to send if the 24-hour window is closed. A template itself does not depend on the window. */
export function templateFor(
  message: Message,
  { windowClosed }: Pick<ButtonMessageOptions, 'windowClosed'>,
): Template | undefined {
  return isTemplateMessage(message) ? undefined : windowClosed;
}

/** Returns the template to send after an error, if it says for certain that the 24-hour window is closed. */
export function templateInstead(
  error: unknown,
  message: Message,
  options: ButtonMessageOptions,
): TemplateMessage | undefined {
  const template = templateFor(message, options);
  const isClosed = error instanceof WindowClosedError && error.outcome === 'not-sent' && !error.inferred;
  return isClosed && template ? { to: message.to, template } : undefined;
}
