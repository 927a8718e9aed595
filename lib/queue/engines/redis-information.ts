/** The fields of Redis' `INFO` that are used. */
export interface RedisInformation {
  /** For example `7.0.15`. Undefined if the server is not Redis. */
  version: string | undefined;
  isCluster: boolean;
  isSentinel: boolean;
  isReplica: boolean;
  replicas: number;
  /** The policy by which it evicts keys if its memory is full, if it does. */
  evictionPolicy: string | undefined;
  /** Whether a restart loses its data. */
  keepsNoLog: boolean;
}

/** Parses the response to `INFO`. */
export function readInformation(info: string): RedisInformation {
  const lines = info.split(/\r?\n/).map((line): [string, string] => {
    const end = line.indexOf(':');
    return [line.slice(0, end), line.slice(end + 1).trim()];
  });
  const fields = new Map(lines);
  const policy = fields.get('maxmemory_policy');
  const isBounded = Number(fields.get('maxmemory') ?? 0) > 0;
  // Other servers have their own versions, and report one of Redis for compatibility.
  const isRedis = !fields.has('dragonfly_version') && !fields.has('valkey_version');
  return {
    version: isRedis ? fields.get('redis_version') : undefined,
    isCluster: fields.get('cluster_enabled') === '1',
    isSentinel: fields.get('redis_mode') === 'sentinel',
    isReplica: fields.get('role') === 'slave',
    replicas: Number(fields.get('connected_slaves') ?? 0),
    evictionPolicy: isBounded && policy !== 'noeviction' ? policy : undefined,
    keepsNoLog: fields.get('aof_enabled') === '0',
  };
}

/** Returns whether the first version is older than the second. */
export function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
