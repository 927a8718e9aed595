/** A DTO class. */
export type DtoClass<T extends object = object> = new () => T;

export interface NestedContext {
  nested: () => DtoClass;
  list: boolean;
}

/** The metadata's context contains the nested class, so that the validator needs no instance to find it. */
export function isNestedContext(context: unknown): context is NestedContext {
  return typeof context === 'object' && context !== null && 'nested' in context && 'list' in context;
}
