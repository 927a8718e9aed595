/** The version of what is kept of a message today. A job without one is older, and is read the same. */
export const JOB_VERSION = 1;

/** Whether a message was queued by a newer version, whose fields this one may not know. */
export function isNewer({ data }: { data: { version?: unknown } }): boolean {
  const version = data?.version;
  return version !== undefined && !(typeof version === 'number' && version <= JOB_VERSION);
}
