import { ConfigurationError } from '../../errors/setup.errors.js';
import type { RedisConnection } from './redis-clients.js';
import type { RedisInformation } from './redis-information.js';
import { issue } from './redis-target.js';

const MAX_SKEW_MS = 2_000;
const MIN_REPLICAS = 'min-replicas-to-write';

/** Returns warnings about the setup of Redis. @throws ConfigurationError if it would send messages twice */
export async function checkSafety(
  connection: RedisConnection,
  servers: readonly RedisInformation[],
  hasSentinels: boolean,
): Promise<string[]> {
  const keepsNoLog = servers.some((server) => server.keepsNoLog);
  const warnings = await Promise.all([
    keepsNoLog ? 'Redis runs without appendonly, so a restart loses queued messages. Set appendonly yes.' : undefined,
    checkReplicas(connection, servers, hasSentinels),
    clockWarning(connection),
  ]);
  return warnings.filter((warning) => warning !== undefined);
}

/** While a replaced master still accepts writes, workers can fetch the same messages from two masters. */
async function checkReplicas(
  connection: RedisConnection,
  servers: readonly RedisInformation[],
  hasSentinels: boolean,
): Promise<string | undefined> {
  if (!hasSentinels && servers.every(({ replicas }) => replicas === 0)) return undefined;
  const least = await leastReplicas(connection);
  if (least === undefined) {
    return `Redis has replicas and does not report ${MIN_REPLICAS}. If it is 0, a failover may send messages twice.`;
  }
  if (least >= 1) return connection.isCluster ? undefined : plannedFailoverWarning(servers, least);
  // Masters of a cluster hand over in order, and an isolated master stops by itself.
  if (connection.isCluster)
    return `Redis has replicas and ${MIN_REPLICAS} is 0: a failover may lose the last messages.`;
  const message = `points to a Redis with replicas whose ${MIN_REPLICAS} is 0, so a failover would send messages twice. Set ${MIN_REPLICAS} 1`;
  throw new ConfigurationError([issue('engine.connection', message)]);
}

/** A replica that still follows the old master keeps that master writable after another one is promoted. */
function plannedFailoverWarning(servers: readonly RedisInformation[], least: number): string | undefined {
  const replicas = Math.max(0, ...servers.map((server) => server.replicas));
  if (least >= replicas) return undefined;
  return (
    `Redis has ${replicas} replicas and ${MIN_REPLICAS} is ${least}: a planned failover may send messages twice. ` +
    `Set ${MIN_REPLICAS} ${replicas} before it.`
  );
}

/** Returns undefined if one of the servers does not report it. */
async function leastReplicas(connection: RedisConnection): Promise<number | undefined> {
  try {
    const responses = await Promise.all(connection.masters().map((server) => server.config('GET', MIN_REPLICAS)));
    const values = responses.map((response) =>
      Array.isArray(response) && response.length > 1 ? Number(response[1]) : Number.NaN,
    );
    const least = Math.min(...values);
    return Number.isNaN(least) ? undefined : least;
  } catch {
    return undefined;
  }
}

/** BullMQ writes delays with the process's clock, and Redis expires locks and pauses with its own. */
async function clockWarning(connection: RedisConnection): Promise<string | undefined> {
  const before = Date.now();
  const [seconds, microseconds] = await connection.time();
  const after = Date.now();
  const aheadMs = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (before + after) / 2;
  if (Math.abs(aheadMs) <= MAX_SKEW_MS + (after - before) / 2) return undefined;
  const by = `${(Math.abs(aheadMs) / 1_000).toFixed(1)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
  return `Redis' clock is ${by} this process's, so messages with sendAt are sent at the wrong time. Synchronize the clocks (NTP).`;
}
