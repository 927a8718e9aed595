import type { ExecutionContext } from '@nestjs/common';
import { CUSTOM_ROUTE_ARGS_METADATA, PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { isRecord } from '../../validation/is-record.js';

/** A parameter of a handler, and the source of its value. */
export interface HandlerParameter {
  index: number;
  /** The type that the compiler emitted, for pipes. */
  type: unknown;
  /** The data of its decorator. */
  data: unknown;
  /** The Standard Schema of its decorator. Nest 12 passes it to pipes. */
  schema?: unknown;
  /** The pipes of its decorator. */
  pipes: readonly unknown[];
  /** Returns the value. */
  valueIn(event: object, context: ExecutionContext): unknown;
}

/**
 * Returns the parameters of a handler: the event, and those with a decorator made by `createParamDecorator`. A first
 * parameter without a decorator is the event.
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
