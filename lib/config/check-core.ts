import type { ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../errors/setup.errors.js';
import { ButtonMessagingConfig } from './button-messaging.config.js';

/** @throws ConfigurationError if the application does not import `ButtonMessagingModule`, which the other module needs. */
export function checkHasCore(modules: ModulesContainer, dependent: string): void {
  if ([...modules.values()].some(({ providers }) => providers.has(ButtonMessagingConfig))) return;
  const message =
    `${dependent} requires ButtonMessagingModule: import ButtonMessagingModule.forRoot() or forRootAsync() once, ` +
    'in any module of the application';
  throw new ConfigurationError([{ path: '', rule: 'hasCore', message }]);
}
