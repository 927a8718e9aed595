import type { ExecutionContext } from '@nestjs/common';
import { CUSTOM_ROUTE_ARGS_METADATA, PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { isRecord } from '../../validation/is-record.js';

/** One parameter of a handler, and where its value comes from. */
export interface HandlerParameter {
  index: number;
  /** As the compiler wrote it down, for pipes that convert by it. */
  type: unknown;
  /** What its decorator was given. */
  data: unknown;
  /** A Standard Schema that its decorator was given; Nest 12 hands it to pipes. */
  schema?: unknown;
  /** Pipes of this parameter alone, as they were given. */
  pipes: readonly unknown[];
  /** The value. */
  valueIn(event: object, context: ExecutionContext): unknown;
}

/**
 * The parameters of a handler: the event, and those that have a decorator made by `createParamDecorator`. A first
 * parameter without decorator is the event.
 *
 * @returns The index of a parameter that has a decorator for requests or messages instead, if there is one.
 */
export function parametersOf(handlerClass: { prototype: object }, method: string): HandlerParameter[] | number {
  const metadata: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, handlerClass, method);
  const types: unknown = Reflect.getMetadata(PARAMTYPES_METADATA, handlerClass.prototype, method);
  const typeAt = (index: number): unknown => (Array.isArray(types) ? types[index] : undefined);
  const parameters: HandlerParameter[] = [];
  for (const [key, described] of Object.entries(isRecord(metadata) ? metadata : {})) {
    if (!isRecord(described) || typeof described.index !== 'number') continue;
    const { index, data, schema, pipes, factory } = described;
    if (!key.includes(CUSTOM_ROUTE_ARGS_METADATA) || !isFactory(factory)) return index;
    const valueIn: HandlerParameter['valueIn'] = (_event, context) => factory(data, context);
    const own = Array.isArray(pipes) ? pipes : [];
    parameters.push({ index, type: typeAt(index), data, pipes: own, valueIn, ...(schema !== undefined && { schema }) });
  }
  if (!parameters.some(({ index }) => index === 0)) {
    parameters.push({ index: 0, type: typeAt(0), data: undefined, pipes: [], valueIn: (event) => event });
  }
  return parameters;
}

function isFactory(value: unknown): value is (data: unknown, context: ExecutionContext) => unknown {
  return typeof value === 'function';
}
