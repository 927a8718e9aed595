/** A DTO class. */
export type DtoClass<T extends object = object> = new () => T;

export interface NestedContext {
  nested: () => DtoClass;
  list: boolean;
}

/** The nested class is kept in the metadata's context, where the validator finds it without an instance. */
export function isNestedContext(context: unknown): context is NestedContext {
  return typeof context === 'object' && context !== null && 'nested' in context && 'list' in context;
}
