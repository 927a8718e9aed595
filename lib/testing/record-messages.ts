import type { TestingModuleBuilder } from '@nestjs/testing';
import { MODULE_OPTIONS_TOKEN } from '../button-messaging.module-definition.js';
import type { ButtonMessagingOptions } from '../config/button-messaging-options.interface.js';
import { recordingProviders } from './recording-providers.js';
import type { RecordingTransport } from './recording-transport.js';
import { testingOptions } from './testing-options.js';

/**
 * Overrides the providers of an application that registers `ButtonMessagingModule` with a recording transport.
 *
 * @param options Options that replace the application's. Without accounts, there is one of each provider, named after
 * it.
 *
 * @example
 * const transport = new RecordingTransport();
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const module = await recordMessages(builder, transport).compile();
 *
 * @publicApi
 */
export function recordMessages(
  builder: TestingModuleBuilder,
  transport: RecordingTransport,
  options: ButtonMessagingOptions = {},
): TestingModuleBuilder {
  builder.overrideProvider(MODULE_OPTIONS_TOKEN).useValue(testingOptions(options));
  for (const { provide, inject = [], useFactory } of recordingProviders(transport)) {
    builder.overrideProvider(provide).useFactory({ factory: useFactory, inject: [...inject] });
  }
  return builder;
}
