import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Injectable,
  type OnModuleInit,
  type Provider,
  type Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { MODULE_OPTIONS_TOKEN } from './button-messaging.module-definition.js';
import { ButtonMessagingService } from './button-messaging.service.js';
import { ASYNC_WAYS, type AsyncWay, FACTORY_METHOD } from './config/check-registration.js';
import { revealOptions } from './config/given-options.js';
import { nameOfProvider, requestScopedCause } from './config/request-scope.js';
import type { Issue } from './errors/issue.js';
import { ConfigurationError } from './errors/setup.errors.js';
import { isRecord } from './validation/is-record.js';

/** Which of its forms a registration by `forRootAsync` has. */
export const OPTIONS_WAY = Symbol('OPTIONS_WAY');

/** @throws ConfigurationError: whoever imports the class alone gives no options. */
export function refuseBareImport(): never {
  const message =
    'ButtonMessagingModule is imported bare: register it once, by forRoot() or forRootAsync(), ' +
    'with isGlobal: true where several modules need it';
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/** A registration that fails when the application starts, with these faults. */
export function refusedRegistration(module: Type, issues: readonly Issue[]): DynamicModule {
  const useFactory = (): never => {
    throw new ConfigurationError(issues);
  };
  return { module, providers: [{ provide: MODULE_OPTIONS_TOKEN, useFactory }] };
}

/** The definition of a registration whose factory's result is looked at before it is taken for options. */
export function withCheckedFactory(
  definition: DynamicModule,
  options: object,
  optionNames: readonly string[],
): DynamicModule {
  const way = ASYNC_WAYS.find((each) => Reflect.get(options, each) !== undefined);
  const providers = (definition.providers ?? []).map((provider) =>
    way !== undefined && isOptionsFactory(provider) ? checked(provider, way, options, optionNames) : provider,
  );
  return { ...definition, providers: [...providers, { provide: OPTIONS_WAY, useValue: way }] };
}

function isOptionsFactory(provider: Provider): provider is FactoryProvider {
  return 'provide' in provider && provider.provide === MODULE_OPTIONS_TOKEN && 'useFactory' in provider;
}

function checked(
  provider: FactoryProvider,
  way: AsyncWay,
  options: object,
  optionNames: readonly string[],
): FactoryProvider {
  const { useFactory } = provider;
  const given: unknown = Reflect.get(options, way);
  const called = way === 'useFactory' || typeof given !== 'function' ? way : `${given.name}.${FACTORY_METHOD}()`;
  return {
    ...provider,
    useFactory: async (...injected: unknown[]) => {
      if (way !== 'useFactory') checkHasMethod(injected[0], way, called);
      const made: unknown = await useFactory(...injected);
      const result = revealOptions(made);
      if (isRecord(result) && (isPlain(result) || optionNames.some((name) => name in result))) return made;
      const what = result === null || result === undefined ? String(result) : `no options but ${kindOf(result)}`;
      const message = `${called} gave ${what}: return the options, or {} to take the accounts of the environment`;
      throw new ConfigurationError([{ path: way, rule: 'isObject', message }]);
    },
  };
}

function checkHasMethod(factory: unknown, way: AsyncWay, called: string): void {
  if (typeof factory === 'object' && factory !== null && typeof Reflect.get(factory, FACTORY_METHOD) === 'function') {
    return;
  }
  const message = `${called} is no method: the class that ${way} names must have ${FACTORY_METHOD}()`;
  throw new ConfigurationError([{ path: way, rule: 'isFunction', message }]);
}

/** Whether it is of no class: that of a class, as a Map, holds options only if it has one of their names. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function kindOf(value: unknown): string {
  if (isRecord(value)) return `a ${value.constructor instanceof Function ? value.constructor.name : 'class'}`;
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
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
    if (registrations.some(({ providers }) => providers.get(MODULE_OPTIONS_TOKEN)?.metatype === refuseBareImport)) {
      refuseBareImport();
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
      const path = this.way === 'useFactory' || this.way === undefined ? 'inject' : this.way;
      const message =
        `${path} leads to ${nameOfProvider(ofOptions)}, which is request-scoped: the options are made once, for the ` +
        'whole application. Leave it out, and find the accounts of tenants by resolveAccount';
      return [{ path, rule: 'isNotRequestScoped', message }];
    }
    const ofService = requestScopedCause(providers.get(ButtonMessagingService));
    if (!ofService) return [];
    const message =
      `extraProviders lead to ${nameOfProvider(ofService)}, which is request-scoped: stores and other providers that ` +
      'take the place of the module’s own are made once, for the whole application';
    return [{ path: 'extraProviders', rule: 'isNotRequestScoped', message }];
  }
}
