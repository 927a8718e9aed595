import type { MessagingLogger } from '../../telemetry/messaging.logger.js';
import type { EventHandler } from './event-handler.explorer.js';

const MAX_NAMES = 3;

/** Warns about event handlers if webhooks are disabled, unless `webhooks: false` is set. */
export function warnAboutUnusedHandlers(
  handlers: readonly EventHandler[],
  logger: Pick<MessagingLogger, 'warn'>,
): void {
  if (handlers.length === 0) return;
  const names = [...new Set(handlers.map(({ name }) => name))];
  const more = names.length > MAX_NAMES ? `, and ${names.length - MAX_NAMES} more` : '';
  logger.warn(
    `Handlers ${names.slice(0, MAX_NAMES).join(', ')}${more} will never be called: webhooks are disabled. ` +
      'Set `webhooks: {}` in ButtonMessagingModule.forRoot(), ' +
      'or `webhooks: false` if you call ButtonMessagingWebhooks.handle() yourself',
  );
}
