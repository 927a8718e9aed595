import { ConfigurableModuleBuilder } from '@nestjs/common';
import type {
  ButtonMessagingModuleExtras,
  ButtonMessagingOptions,
} from './config/button-messaging-options.interface.js';
import { withSealedOptions } from './config/given-options.js';
import { isWebhookOptions } from './config/validate-options.js';
import { DtoValidator } from './validation/index.js';
import { createWebhookController } from './webhooks/webhook.controller.js';
import { WEBHOOK_OPTIONS } from './webhooks/webhooks.constants.js';

const OPTIONS = 'BUTTON_MESSAGING_MODULE_OPTIONS';

const EXTRAS: ButtonMessagingModuleExtras = { isGlobal: false, webhooks: undefined, extraProviders: [] };

// Listed one by one: anything else in the definition becomes metadata of the module, and the options contain
// credentials.
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ButtonMessagingOptions>({ optionsInjectionToken: OPTIONS })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createButtonMessagingOptions')
    .setExtras(EXTRAS, (definition, { isGlobal, webhooks, extraProviders }) => ({
      ...withSealedOptions(definition, OPTIONS),
      global: isGlobal ?? false,
      // Invalid values are reported at startup, with the other issues.
      controllers: isWebhookOptions(webhooks, new DtoValidator()) ? [createWebhookController(webhooks)] : [],
      providers: [
        ...(withSealedOptions(definition, OPTIONS).providers ?? []),
        { provide: WEBHOOK_OPTIONS, useValue: webhooks },
        ...(extraProviders ?? []),
      ],
    }))
    .build();
