import type { QueueEngineOptions } from 'nestjs-button-messaging/queue';

/** `REDIS_URL` or `DATABASE_URL` choose a server, for several processes; without them the queue is embedded. */
export function engineFrom(environment: NodeJS.ProcessEnv): QueueEngineOptions {
  const { REDIS_URL, DATABASE_URL, QUEUE_DIRECTORY } = environment;
  if (REDIS_URL) return { kind: 'redis', connection: REDIS_URL };
  if (DATABASE_URL) return { kind: 'postgres', connectionString: DATABASE_URL };
  return { kind: 'embedded', ...(QUEUE_DIRECTORY && { directory: QUEUE_DIRECTORY }) };
}
