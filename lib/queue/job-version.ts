/** The current version of a job's data. Jobs without a version are older, and have the same format. */
export const JOB_VERSION = 1;

/** Returns whether a newer version queued a message, which may have fields that this version does not know. */
export function isNewer({ data }: { data: { version?: unknown } }): boolean {
  const version = data?.version;
  return version !== undefined && !(typeof version === 'number' && version <= JOB_VERSION);
}
