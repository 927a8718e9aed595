import { ConfigurableModuleBuilder } from '@nestjs/common';
import { withSealedOptions } from '../config/given-options.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';

const OPTIONS = 'BUTTON_MESSAGING_QUEUE_MODULE_OPTIONS';

/** The method of the classes that `useClass` and `useExisting` name. */
export const FACTORY_METHOD = 'createButtonMessagingQueueOptions';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: QUEUE_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<ButtonMessagingQueueOptions>({ optionsInjectionToken: OPTIONS })
  .setClassMethodName('forRoot')
  .setFactoryMethodName(FACTORY_METHOD)
  // Connections hold passwords.
  .setExtras({}, (definition) => withSealedOptions(definition, OPTIONS))
  .build();
