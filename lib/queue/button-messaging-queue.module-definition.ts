import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: QUEUE_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<ButtonMessagingQueueOptions>({ moduleName: 'ButtonMessagingQueue' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createButtonMessagingQueueOptions')
  .build();
