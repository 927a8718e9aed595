import { Queue } from 'bullmq';
import { ConfigurationError } from '../../../errors/setup.errors.js';
import { isRecord } from '../../../validation/is-record.js';
import { KNOWN_VERSION } from './constants.js';

/** @throws ConfigurationError where the installed BullMQ may keep its jobs in another way than is known here. */
export function checkBullmqVersion(): void {
  const version = bullmqVersion();
  if (version?.startsWith(`${KNOWN_VERSION}.`)) return;
  const found = version === undefined ? 'is of another version' : `is ${version}`;
  const message = `the queue needs bullmq ${KNOWN_VERSION}, and the installed one ${found}: npm install bullmq@${KNOWN_VERSION}`;
  throw new ConfigurationError([{ path: 'engine.kind', rule: 'packageVersion', message }]);
}

/**
 * The version of the installed BullMQ, as it writes it beside each queue; undefined where it does not tell. In a bundle
 * there is no package.json to read it from.
 */
export function bullmqVersion(): string | undefined {
  const values: unknown = Reflect.get(Queue.prototype, 'metaValues', {});
  return isRecord(values) ? /\d+\.\d+\.\d+\S*$/.exec(String(values.version))?.[0] : undefined;
}
