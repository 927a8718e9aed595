import { Scope } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

type Module = ModulesContainer extends Map<string, infer Each> ? Each : never;

/** What Nest keeps of a provider. */
export type ProviderWrapper = NonNullable<ReturnType<Module['providers']['get']>>;

/**
 * The provider for which another is made anew for each request, durable or not; undefined if it is made once. It is
 * known only after everything was made.
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

/** The name by which the user knows a provider. */
export function nameOfProvider({ name, token }: ProviderWrapper): string {
  if (typeof token === 'function') return token.name;
  return typeof token === 'symbol' ? (token.description ?? String(token)) : String(token ?? name);
}

function dependenciesOf(wrapper: ProviderWrapper): ProviderWrapper[] {
  const properties = (wrapper.getPropertiesMetadata() ?? []).map(({ wrapper: dependency }) => dependency);
  return [...(wrapper.getCtorMetadata() ?? []), ...properties].filter((dependency) => dependency !== undefined);
}
