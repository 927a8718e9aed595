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

/** Rejects an import of the class itself, which has no options. @throws ConfigurationError always. */
export function rejectBareImport(): never {
  const message = 'ButtonMessagingModule must be imported with forRoot() or forRootAsync()';
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/**
 * Rejects registrations with unexpected effects. It depends on no other provider, so that it runs whatever else is
 * wrong.
 */
@Injectable()
export class RegistrationCheck implements OnModuleInit {
  /**
   * Checks for another registration, for example by a lazily loaded module.
   *
   * @throws ConfigurationError if there is one.
   */
  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(OPTIONS_WAY) private readonly way: AsyncWay | undefined,
  ) {
    const registrations = this.registrations();
    if (registrations.length < 2) return;
    if (registrations.some(({ providers }) => providers.get(MODULE_OPTIONS_TOKEN)?.metatype === rejectBareImport)) {
      rejectBareImport();
    }
    const message = 'ButtonMessagingModule is registered twice. Register it once, with all accounts';
    throw new ConfigurationError([{ path: '', rule: 'registeredOnce', message }]);
  }

  /** Checks the scope of the services. @throws ConfigurationError if they would be created for each request. */
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
        `${path} depends on ${nameOfProvider(ofOptions)}, which is request-scoped, but the options are created once ` +
        'per application. Remove it, and look up the accounts of tenants with resolveAccount';
      return [{ path, rule: 'isNotRequestScoped', message }];
    }
    const ofService = requestScopedCause(providers.get(ButtonMessagingService));
    if (!ofService) return [];
    const ofQueue = this.queueIssue();
    if (ofQueue) return [ofQueue];
    const message =
      `extraProviders depend on ${nameOfProvider(ofService)}, which is request-scoped, but stores and other providers that ` +
      'replace the module’s own are created once per application';
    return [{ path: 'extraProviders', rule: 'isNotRequestScoped', message }];
  }

  /** The queue's options also create the stores of the services. */
  private queueIssue(): Issue | undefined {
    for (const { name, providers } of this.modules.values()) {
      const cause = providers.has(RegistrationCheck) ? undefined : requestScopedCause(providers.get(SharedStores));
      if (!cause) continue;
      const way: unknown = providers.get(OPTIONS_WAY)?.instance;
      const path = pathOf(ASYNC_WAYS.find((each) => each === way));
      const message =
        `${name}.forRootAsync depends through ${path} on ${nameOfProvider(cause)}, which is request-scoped, but the queue is ` +
        'created once per application. Remove it';
      return { path, rule: 'isNotRequestScoped', message };
    }
    return undefined;
  }
}

/** Returns the option through which the options depend on other providers. */
function pathOf(way: AsyncWay | undefined): string {
  return way === 'useFactory' || way === undefined ? 'inject' : way;
}
