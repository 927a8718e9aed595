import type { ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../errors/setup.errors.js';
import { ButtonMessagingConfig } from './button-messaging.config.js';

/** @throws ConfigurationError if the application has no `ButtonMessagingModule`, which the module of that name needs. */
export function checkHasCore(modules: ModulesContainer, dependent: string): void {
  if ([...modules.values()].some(({ providers }) => providers.has(ButtonMessagingConfig))) return;
  const message =
    `${dependent} works beside ButtonMessagingModule, and the application has none: ` +
    'import ButtonMessagingModule.forRoot() or forRootAsync() once, in any of its modules';
  throw new ConfigurationError([{ path: '', rule: 'hasCore', message }]);
}
