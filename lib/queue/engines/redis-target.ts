import type { ClusterNode, ClusterOptions, RedisOptions } from 'ioredis';
import type { Issue } from '../../errors/issue.js';
import { isRecord } from '../../validation/is-record.js';

/** A Redis server or cluster, and the options to connect to it. */
export type RedisTarget =
  | { kind: 'server'; url?: string; options: RedisOptions }
  | { kind: 'cluster'; nodes: ClusterNode[]; options: ClusterOptions };

const PATH = 'engine.connection';
const ACCEPTED =
  "must be a URL such as redis://127.0.0.1:6379, ioredis' options, { nodes: [{ host, port }] } of a cluster, " +
  'or an ioredis instance';
/** Options of other clients. ioredis would ignore them and connect to 127.0.0.1. */
const FOREIGN_OPTIONS = ['socket', 'addresses', 'rootNodes', 'uri', 'hostname', 'connectionString'];
const CLIENT_METHODS = ['on', 'connect', 'close', 'sendCommand', 'send', 'customCommand'];

/** Returns the issues of the option `connection`. */
export function connectionIssues(connection: unknown): Issue[] {
  if (typeof connection === 'string') return addressIssues(connection);
  if (isClusterInstance(connection)) {
    return keyPrefixIssues(connection.options.keyPrefix ?? connection.options.redisOptions?.keyPrefix);
  }
  if (isInstance(connection)) return keyPrefixIssues(connection.options.keyPrefix);
  if (!isRecord(connection)) return [issue(PATH, ACCEPTED)];
  if (CLIENT_METHODS.some((method) => typeof connection[method] === 'function')) {
    return [issue(PATH, `${ACCEPTED}: clients of other packages are not supported`)];
  }
  return optionsIssues(connection);
}

/** Parses the option `connection`, which has no issues. */
export function redisTarget(connection: unknown): RedisTarget {
  if (typeof connection === 'string') return { kind: 'server', url: connection, options: {} };
  if (isClusterInstance(connection)) {
    return { kind: 'cluster', nodes: [...connection.startupNodes], options: { ...connection.options } };
  }
  if (isInstance(connection)) return { kind: 'server', options: { ...connection.options } };
  if (hasNodes(connection)) {
    const { nodes, ...options } = connection;
    return { kind: 'cluster', nodes: [...nodes], options };
  }
  if (!isOptions(connection)) throw new TypeError(`The queue's ${PATH} ${ACCEPTED}`);
  const { url, ...options } = connection;
  return { kind: 'server', options, ...(url !== undefined && { url }) };
}

/** Returns the same address as a cluster. @param options The options that ioredis parsed from it. */
export function clusterOf(options: RedisOptions): RedisTarget {
  const { host = '127.0.0.1', port = 6_379, ...redisOptions } = options;
  return { kind: 'cluster', nodes: [{ host, port }], options: { redisOptions } };
}

export function issue(path: string, message: string, rule = 'queueOption'): Issue {
  return { path, rule, message: `the queue's ${path} ${message}` };
}

export function keyPrefixIssues(keyPrefix: unknown): Issue[] {
  if (keyPrefix === undefined || keyPrefix === '') return [];
  const message = "is not supported by BullMQ: use the queue's name to separate queues";
  return [issue(`${PATH}.keyPrefix`, message)];
}

function addressIssues(address: string): Issue[] {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  const isRead = scheme === undefined ? address.trim() !== '' : /^rediss?$/i.test(scheme) && URL.canParse(address);
  return isRead ? [] : [issue(PATH, 'must be a complete URL that starts with redis:// or rediss://')];
}

function optionsIssues(options: Record<string, unknown>): Issue[] {
  const redisOptions = isRecord(options.redisOptions) ? options.redisOptions : {};
  const foreign = FOREIGN_OPTIONS.filter((name) => options[name] !== undefined);
  return [
    ...keyPrefixIssues(options.keyPrefix ?? redisOptions.keyPrefix),
    ...foreign.map((name) => issue(`${PATH}.${name}`, 'is not an option of ioredis')),
    ...(options.url === undefined || typeof options.url === 'string' ? [] : [issue(`${PATH}.url`, 'must be a string')]),
    ...(typeof options.url === 'string' ? addressIssues(options.url) : []),
    ...('nodes' in options && !hasNodes(options) ? [issue(`${PATH}.nodes`, 'must be an array of { host, port }')] : []),
    ...sentinelIssues(options),
  ];
}

function sentinelIssues({ sentinels, name }: Record<string, unknown>): Issue[] {
  if (sentinels === undefined || sentinels === null) return [];
  if (!Array.isArray(sentinels) || sentinels.length === 0) {
    return [issue(`${PATH}.sentinels`, 'must be an array of { host, port }')];
  }
  const isNamed = typeof name === 'string' && name !== '';
  return isNamed ? [] : [issue(`${PATH}.name`, 'must be the name of the master in the sentinels')];
}

/** Checks the shape, because the application may have another copy of ioredis. */
function isInstance(value: unknown): value is { options: RedisOptions } {
  return (
    isRecord(value) &&
    isRecord(value.options) &&
    typeof value.status === 'string' &&
    typeof value.duplicate === 'function' &&
    typeof value.defineCommand === 'function'
  );
}

function isClusterInstance(value: unknown): value is { options: ClusterOptions; startupNodes: ClusterNode[] } {
  return isInstance(value) && 'isCluster' in value && value.isCluster === true && 'startupNodes' in value;
}

function hasNodes(value: unknown): value is ClusterOptions & { nodes: ClusterNode[] } {
  return isRecord(value) && Array.isArray(value.nodes) && value.nodes.length > 0 && value.nodes.every(isNode);
}

function isNode(value: unknown): value is ClusterNode {
  return typeof value === 'string' || typeof value === 'number' || isRecord(value);
}

function isOptions(value: unknown): value is RedisOptions & { url?: string } {
  return isRecord(value);
}
