/** What class-transformer keeps of `@Type()`. It has no other way to ask; Nest's mapped types read it here, too. */
declare module 'class-transformer/cjs/storage.js' {
  interface KeptType {
    typeFunction?: () => unknown;
    options?: { discriminator?: { property: string; subTypes: { name: string; value: unknown }[] } };
  }

  export const defaultMetadataStorage: {
    findTypeMetadata(target: object, property: string): KeptType | undefined;
  };
}
