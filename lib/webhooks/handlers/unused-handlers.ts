import type { MessagingLogger } from '../../telemetry/messaging.logger.js';
import type { EventHandler } from './event-handler.explorer.js';

const NAMED = 3;

/** Warns of handlers in an application that mounts no webhooks, and does not say that it means to. */
export function warnAboutUnusedHandlers(
  handlers: readonly EventHandler[],
  logger: Pick<MessagingLogger, 'warn'>,
): void {
  if (handlers.length === 0) return;
  const names = [...new Set(handlers.map(({ name }) => name))];
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : '';
  logger.warn(
    `There are handlers, and no webhooks are mounted: ${names.slice(0, NAMED).join(', ')}${more}. ` +
      'Give ButtonMessagingModule the option webhooks, {} at least. ' +
      'Where routes of your own call ButtonMessagingWebhooks.handle, ignore this, or say webhooks: false.',
  );
}
