/**
 * The metadata of `@Type()` in class-transformer, which has no public API for it. Nest's mapped types use it as well.
 */
declare module 'class-transformer/cjs/storage.js' {
  interface KeptType {
    typeFunction?: () => unknown;
    options?: { discriminator?: { property: string; subTypes: { name: string; value: unknown }[] } };
  }

  export const defaultMetadataStorage: {
    findTypeMetadata(target: object, property: string): KeptType | undefined;
  };
}
