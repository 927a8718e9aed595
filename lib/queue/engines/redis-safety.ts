import { ConfigurationError } from '../../errors/setup.errors.js';
import type { RedisConnection } from './redis-clients.js';
import type { RedisInformation } from './redis-information.js';
import { issue } from './redis-target.js';

const MAX_SKEW_MS = 2_000;
const MIN_REPLICAS = 'min-replicas-to-write';

/** What the application should know of its Redis, each in a sentence. @throws ConfigurationError. */
export async function checkSafety(
  connection: RedisConnection,
  servers: readonly RedisInformation[],
  hasSentinels: boolean,
): Promise<string[]> {
  const keepsNoLog = servers.some((server) => server.keepsNoLog);
  const warnings = await Promise.all([
    keepsNoLog ? 'Redis runs without appendonly: when it restarts, queued messages are lost.' : undefined,
    checkReplicas(connection, servers, hasSentinels),
    clockWarning(connection),
  ]);
  return warnings.filter((warning) => warning !== undefined);
}

/** While a master that is replaced still takes writes, two masters give out the same messages. */
async function checkReplicas(
  connection: RedisConnection,
  servers: readonly RedisInformation[],
  hasSentinels: boolean,
): Promise<string | undefined> {
  if (!hasSentinels && servers.every(({ replicas }) => replicas === 0)) return undefined;
  const least = await leastReplicas(connection);
  if (least === undefined) {
    return `Redis has replicas and does not tell its ${MIN_REPLICAS}: when it is 0, a failover may send messages twice.`;
  }
  if (least >= 1) return connection.isCluster ? undefined : plannedFailoverWarning(servers, least);
  // The masters of a cluster hand over in order, and a master that is cut off stops by itself.
  if (connection.isCluster) return `Redis has replicas and ${MIN_REPLICAS} 0: a failover may lose the last messages.`;
  const message = `leads to a Redis with replicas and ${MIN_REPLICAS} 0, where a failover sends messages twice; set ${MIN_REPLICAS} 1`;
  throw new ConfigurationError([issue('engine.connection', message)]);
}

/** A replica that still follows the old master keeps it writable while another is already promoted. */
function plannedFailoverWarning(servers: readonly RedisInformation[], least: number): string | undefined {
  const replicas = Math.max(0, ...servers.map((server) => server.replicas));
  if (least >= replicas) return undefined;
  return (
    `Redis has ${replicas} replicas and ${MIN_REPLICAS} ${least}: a planned failover may send a few messages twice. ` +
    `Set ${MIN_REPLICAS} ${replicas} before it.`
  );
}

/** Undefined where one of the servers does not tell. */
async function leastReplicas(connection: RedisConnection): Promise<number | undefined> {
  try {
    const answers = await Promise.all(connection.masters().map((server) => server.config('GET', MIN_REPLICAS)));
    const values = answers.map((answer) =>
      Array.isArray(answer) && answer.length > 1 ? Number(answer[1]) : Number.NaN,
    );
    const least = Math.min(...values);
    return Number.isNaN(least) ? undefined : least;
  } catch {
    return undefined;
  }
}

/** BullMQ writes delays by the process's clock, and Redis ends locks and pauses by its own. */
async function clockWarning(connection: RedisConnection): Promise<string | undefined> {
  const before = Date.now();
  const [seconds, microseconds] = await connection.time();
  const after = Date.now();
  const aheadMs = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (before + after) / 2;
  if (Math.abs(aheadMs) <= MAX_SKEW_MS + (after - before) / 2) return undefined;
  const by = `${(Math.abs(aheadMs) / 1_000).toFixed(1)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
  return `Redis' clock is ${by} this process's: messages with sendAt go at the wrong time. Set both clocks by NTP.`;
}
