import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { MODULE_OPTIONS_TOKEN } from './button-messaging.module-definition.js';
import { ButtonMessagingService } from './button-messaging.service.js';
import { ASYNC_WAYS, type AsyncWay } from './config/check-registration.js';
import { OPTIONS_WAY } from './config/checked-factory.js';
import { nameOfProvider, requestScopedCause } from './config/request-scope.js';
import type { Issue } from './errors/issue.js';
import { ConfigurationError } from './errors/setup.errors.js';
import { SharedStores } from './stores/shared-stores.js';

/** @throws ConfigurationError: whoever imports the class alone gives no options. */
export function rejectBareImport(): never {
  const message =
    'ButtonMessagingModule is imported bare: register it once, by forRoot() or forRootAsync(), ' +
    'with isGlobal: true where several modules need it';
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/**
 * Refuses registrations that would work in a way nobody wants. It depends on nothing of the module's own, so that it is
 * there whatever is wrong with the rest.
 */
@Injectable()
export class RegistrationCheck implements OnModuleInit {
  /** @throws ConfigurationError if the application has a second registration, as by a lazily loaded module. */
  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(OPTIONS_WAY) private readonly way: AsyncWay | undefined,
  ) {
    const registrations = this.registrations();
    if (registrations.length < 2) return;
    if (registrations.some(({ providers }) => providers.get(MODULE_OPTIONS_TOKEN)?.metatype === rejectBareImport)) {
      rejectBareImport();
    }
    const message = 'ButtonMessagingModule is registered twice: register it once, with several accounts';
    throw new ConfigurationError([{ path: '', rule: 'registeredOnce', message }]);
  }

  /** @throws ConfigurationError if the services would be made anew for each request. */
  onModuleInit(): void {
    const issues = this.registrations().flatMap(({ providers }) => this.scopeIssues(providers));
    if (issues.length > 0) throw new ConfigurationError(issues);
  }

  private registrations() {
    return [...this.modules.values()].filter(({ providers }) => providers.has(RegistrationCheck));
  }

  private scopeIssues(providers: ReturnType<RegistrationCheck['registrations']>[number]['providers']): Issue[] {
    const ofOptions = requestScopedCause(providers.get(MODULE_OPTIONS_TOKEN));
    if (ofOptions) {
      const path = pathOf(this.way);
      const message =
        `${path} leads to ${nameOfProvider(ofOptions)}, which is request-scoped: the options are made once, for the ` +
        'whole application. Leave it out, and find the accounts of tenants by resolveAccount';
      return [{ path, rule: 'isNotRequestScoped', message }];
    }
    const ofService = requestScopedCause(providers.get(ButtonMessagingService));
    if (!ofService) return [];
    const ofQueue = this.queueIssue();
    if (ofQueue) return [ofQueue];
    const message =
      `extraProviders lead to ${nameOfProvider(ofService)}, which is request-scoped: stores and other providers that ` +
      'take the place of the module’s own are made once, for the whole application';
    return [{ path: 'extraProviders', rule: 'isNotRequestScoped', message }];
  }

  /** The stores of a queue are the services' own, so that its options make them anew, too. */
  private queueIssue(): Issue | undefined {
    for (const { name, providers } of this.modules.values()) {
      const cause = providers.has(RegistrationCheck) ? undefined : requestScopedCause(providers.get(SharedStores));
      if (!cause) continue;
      const way: unknown = providers.get(OPTIONS_WAY)?.instance;
      const path = pathOf(ASYNC_WAYS.find((each) => each === way));
      const message =
        `${name}.forRootAsync leads by ${path} to ${nameOfProvider(cause)}, which is request-scoped: the queue is ` +
        'opened once, for the whole application. Leave it out';
      return { path, rule: 'isNotRequestScoped', message };
    }
    return undefined;
  }
}

/** What leads to whatever the options are made of. */
function pathOf(way: AsyncWay | undefined): string {
  return way === 'useFactory' || way === undefined ? 'inject' : way;
}
