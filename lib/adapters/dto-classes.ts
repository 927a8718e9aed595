import * as message from '../message/dto/index.js';
import { type DtoClass, readRules } from '../validation/index.js';
import { ADAPTER_DEFINITIONS } from './adapter-definitions.js';

/** Returns every DTO class of the package: the exported ones, and those of their properties. */
export function dtoClasses(): Set<DtoClass> {
  const folders = [message, ...[...ADAPTER_DEFINITIONS.values()].map(({ dtos }) => dtos)];
  const exported: unknown[] = folders.flatMap((folder) => Object.values(folder));
  const classes = new Set(exported.filter(isClass).filter((candidate) => readRules(candidate).properties.length > 0));
  // The loop also visits the classes that it adds.
  for (const dto of classes) {
    for (const { nested } of readRules(dto).properties) if (nested) classes.add(nested.of());
  }
  return classes;
}

function isClass(value: unknown): value is DtoClass {
  return typeof value === 'function' && 'prototype' in value;
}
