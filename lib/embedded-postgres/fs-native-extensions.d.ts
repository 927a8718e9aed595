declare module 'fs-native-extensions' {
  /** Returns true if the lock was granted, and false if another process has it. */
  export function tryLock(fileDescriptor: number): boolean;
}
