import type { DynamicModule } from '@nestjs/common';
import { ButtonMessagingModule } from '../button-messaging.module.js';
import type { ButtonMessagingModuleOptions } from '../config/button-messaging-options.interface.js';
import { recordingProviders } from './recording-providers.js';
import { RecordingTransport } from './recording-transport.js';
import { testingOptions } from './testing-options.js';

/**
 * Registers `ButtonMessagingModule` for tests: the same services, validation, mapping, reply matching and handlers,
 * with `RecordingTransport` instead of the providers. It needs no network and no environment variables.
 *
 * @example
 * const module = await Test.createTestingModule({
 *   imports: [ButtonMessagingTestingModule.forRoot()],
 *   providers: [AppointmentsService],
 * }).compile();
 * await module.init();
 * const transport = module.get(RecordingTransport);
 *
 * @publicApi
 */
// biome-ignore lint/complexity/noStaticOnlyClass: it is called as every module of Nest's is
export class ButtonMessagingTestingModule {
  /**
   * Creates the module.
   *
   * @param options The options of `ButtonMessagingModule`. Without accounts, it has one of each provider, named after
   * it.
   */
  static forRoot(options: ButtonMessagingModuleOptions = {}): DynamicModule {
    const { isGlobal = false, webhooks = false, extraProviders = [], ...given } = options;
    const transport = new RecordingTransport();
    const registration = ButtonMessagingModule.forRoot({
      ...testingOptions(given),
      isGlobal,
      webhooks,
      extraProviders: [
        ...recordingProviders(transport),
        { provide: RecordingTransport, useValue: transport },
        ...extraProviders,
      ],
    });
    return { ...registration, exports: [...(registration.exports ?? []), RecordingTransport] };
  }
}
