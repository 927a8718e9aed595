import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { ButtonMessagingHealthOptions } from './health-options.interface.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: HEALTH_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<ButtonMessagingHealthOptions>({ moduleName: 'ButtonMessagingHealth' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createButtonMessagingHealthOptions')
  .build();
