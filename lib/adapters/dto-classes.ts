import * as message from '../message/button-message.dto.js';
import { type DtoClass, readRules } from '../validation/index.js';
import * as chatvolt from './chatvolt/dto/index.js';
import * as whatsAppCloud from './whatsapp-cloud/dto/index.js';
import * as zApi from './z-api/dto/index.js';

/** Every DTO class of the package: what the folders of DTOs export, and what stands inside it. */
export function dtoClasses(): Set<DtoClass> {
  const exported: unknown[] = [message, chatvolt, whatsAppCloud, zApi].flatMap((folder) => Object.values(folder));
  const classes = new Set(exported.filter(isClass).filter((candidate) => readRules(candidate).properties.length > 0));
  // A set hands out what is added while it is walked through.
  for (const dto of classes) {
    for (const { nested } of readRules(dto).properties) if (nested) classes.add(nested.of());
  }
  return classes;
}

function isClass(value: unknown): value is DtoClass {
  return typeof value === 'function' && 'prototype' in value;
}
