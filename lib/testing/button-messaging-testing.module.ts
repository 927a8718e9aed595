import type { DynamicModule } from '@nestjs/common';
import { ButtonMessagingModule } from '../button-messaging.module.js';
import type { ButtonMessagingModuleOptions } from '../config/button-messaging-options.interface.js';
import { recordingProviders } from './recording-providers.js';
import { RecordingTransport } from './recording-transport.js';
import { testingOptions } from './testing-options.js';

/**
 * `ButtonMessagingModule` for tests: the same services, validation, mapping, matching and handlers, with
 * `RecordingTransport` in the place of the providers. It needs no network and no environment.
 *
 * @example
 * const module = await Test.createTestingModule({
 *   imports: [ButtonMessagingTestingModule.forRoot()],
 *   providers: [AppointmentsService],
 * }).compile();
 * await module.init();
 * const transport = module.get(RecordingTransport);
 */
// biome-ignore lint/complexity/noStaticOnlyClass: it is called as every module of Nest's is
export class ButtonMessagingTestingModule {
  /**
   * The module, recording in place of sending.
   *
   * @param options As of `ButtonMessagingModule`. Default: one account of each provider, named after it.
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
