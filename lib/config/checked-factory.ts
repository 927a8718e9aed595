import type { DynamicModule, FactoryProvider, InjectionToken, Provider, Type } from '@nestjs/common';
import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { isRecord } from '../validation/is-record.js';
import { ASYNC_WAYS, type AsyncWay } from './check-registration.js';
import { revealOptions } from './given-options.js';

/** The token of the form that a registration by `forRootAsync` has. */
export const OPTIONS_WAY = Symbol('OPTIONS_WAY');

/** The options of a module, for messages about its factory. */
export interface ModuleOptions {
  /** The token of the options. */
  token: InjectionToken;
  /** The method of the classes for `useClass` and `useExisting`. */
  factoryMethod: string;
  names: readonly string[];
  /** The module's name in messages. */
  owner: string;
  /** What `{}` means. */
  empty: string;
}

/** A registration that fails when the application starts, with these issues. */
export function failedRegistration(module: Type, token: InjectionToken, issues: readonly Issue[]): DynamicModule {
  const useFactory = (): never => {
    throw new ConfigurationError(issues);
  };
  return { module, providers: [{ provide: token, useFactory }] };
}

/** Checks the result of a registration's factory before it is used. */
export function withCheckedFactory(definition: DynamicModule, given: object, expected: ModuleOptions): DynamicModule {
  const way = ASYNC_WAYS.find((each) => Reflect.get(given, each) !== undefined);
  const providers = (definition.providers ?? []).map((provider) =>
    way !== undefined && isFactoryOf(expected.token, provider) ? checked(provider, way, given, expected) : provider,
  );
  return { ...definition, providers: [...providers, { provide: OPTIONS_WAY, useValue: way }] };
}

function isFactoryOf(token: InjectionToken, provider: Provider): provider is FactoryProvider {
  return 'provide' in provider && provider.provide === token && 'useFactory' in provider;
}

function checked(provider: FactoryProvider, way: AsyncWay, given: object, expected: ModuleOptions): FactoryProvider {
  const { factoryMethod, names, owner, empty } = expected;
  const { useFactory } = provider;
  const source: unknown = Reflect.get(given, way);
  const named = way === 'useFactory' || typeof source !== 'function' ? way : `${source.name}.${factoryMethod}()`;
  const called = `${owner}${named}`;
  return {
    ...provider,
    useFactory: async (...injected: unknown[]) => {
      if (way !== 'useFactory') checkHasMethod(injected[0], factoryMethod, way, called);
      const made: unknown = await useFactory(...injected);
      const result = revealOptions(made);
      if (isRecord(result) && (isPlain(result) || names.some((name) => name in result))) return made;
      const what = result === null || result === undefined ? String(result) : kindOf(result);
      const message = `${called} returned ${what}: return the options, or {} ${empty}`;
      throw new ConfigurationError([{ path: way, rule: 'isObject', message }]);
    },
  };
}

function checkHasMethod(factory: unknown, method: string, way: AsyncWay, called: string): void {
  if (typeof factory === 'object' && factory !== null && typeof Reflect.get(factory, method) === 'function') return;
  const message = `${called} does not exist: the class of ${way} must have a method ${method}()`;
  throw new ConfigurationError([{ path: way, rule: 'isFunction', message }]);
}

/** Whether a value has no class. An instance, such as a Map, contains options only if it has one of their names. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function kindOf(value: unknown): string {
  if (isRecord(value)) return `a ${value.constructor instanceof Function ? value.constructor.name : 'class'}`;
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
