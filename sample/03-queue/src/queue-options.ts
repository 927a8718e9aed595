import type { ButtonMessagingQueueOptions, QueueEngineOptions } from 'nestjs-button-messaging/queue';

/** Returns the queue's options. With `QUEUE_WORKER=false` the process enqueues messages but does not send them. */
export function queueOptionsFrom(environment: NodeJS.ProcessEnv): ButtonMessagingQueueOptions {
  return { name: 'campaign', engine: engineFrom(environment), worker: environment.QUEUE_WORKER !== 'false' };
}

/** `REDIS_URL` or `DATABASE_URL` select a server, which several processes can share. The default is embedded. */
export function engineFrom(environment: NodeJS.ProcessEnv): QueueEngineOptions {
  const { REDIS_URL, DATABASE_URL, QUEUE_DIRECTORY } = environment;
  if (REDIS_URL) return { kind: 'redis', connection: REDIS_URL };
  if (DATABASE_URL) return { kind: 'postgres', connectionString: DATABASE_URL };
  return { kind: 'embedded', ...(QUEUE_DIRECTORY && { directory: QUEUE_DIRECTORY }) };
}
