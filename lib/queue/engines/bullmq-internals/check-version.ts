import { Queue } from 'bullmq';
import { ConfigurationError } from '../../../errors/setup.errors.js';
import { isRecord } from '../../../validation/is-record.js';
import { KNOWN_VERSION } from './constants.js';

/** @throws ConfigurationError if the installed BullMQ may store jobs differently */
export function checkBullmqVersion(): void {
  const version = bullmqVersion();
  if (version?.startsWith(`${KNOWN_VERSION}.`)) return;
  const found = version === undefined ? 'is another version' : `is ${version}`;
  const message = `the queue requires bullmq ${KNOWN_VERSION}, but the installed one ${found}: npm install bullmq@${KNOWN_VERSION}`;
  throw new ConfigurationError([{ path: 'engine.kind', rule: 'packageVersion', message }]);
}

/**
 * Returns the version of the installed BullMQ that it stores with each queue, or undefined if it stores none. A bundle
 * has no package.json to read.
 */
export function bullmqVersion(): string | undefined {
  const values: unknown = Reflect.get(Queue.prototype, 'metaValues', {});
  return isRecord(values) ? /\d+\.\d+\.\d+\S*$/.exec(String(values.version))?.[0] : undefined;
}
