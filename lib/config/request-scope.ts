import { Scope } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

type Module = ModulesContainer extends Map<string, infer Each> ? Each : never;

/** Nest's wrapper of a provider. */
export type ProviderWrapper = NonNullable<ReturnType<Module['providers']['get']>>;

/**
 * Returns the provider because of which another one is created per request, durable or not. Returns undefined if it is
 * created once. Nest knows this only after all providers exist.
 */
export function requestScopedCause(
  wrapper: ProviderWrapper | undefined,
  seen = new Set<ProviderWrapper>(),
): ProviderWrapper | undefined {
  if (!wrapper || seen.has(wrapper) || wrapper.isDependencyTreeStatic()) return undefined;
  seen.add(wrapper);
  if (wrapper.scope === Scope.REQUEST) return wrapper;
  const causes = dependenciesOf(wrapper).map((dependency) => requestScopedCause(dependency, seen));
  return causes.find((cause) => cause !== undefined) ?? wrapper;
}

/** Returns the name of a provider for messages. */
export function nameOfProvider({ name, token }: ProviderWrapper): string {
  if (typeof token === 'function') return token.name;
  return typeof token === 'symbol' ? (token.description ?? String(token)) : String(token ?? name);
}

function dependenciesOf(wrapper: ProviderWrapper): ProviderWrapper[] {
  const properties = (wrapper.getPropertiesMetadata() ?? []).map(({ wrapper: dependency }) => dependency);
  return [...(wrapper.getCtorMetadata() ?? []), ...properties].filter((dependency) => dependency !== undefined);
}
