declare module 'fs-native-extensions' {
  /** True where the lock was granted, false where somebody else has it. */
  export function tryLock(fileDescriptor: number): boolean;
}
