import { plainToInstance } from 'class-transformer';
import { type ValidationError, validate } from 'class-validator';
import type { Issue } from '../errors/issue.js';
import { type DtoClass, type DtoRules, join } from '../validation/index.js';

/**
 * Validates the rules that the application added to a DTO, with class-validator. They may be asynchronous or nested.
 *
 * @param ours The rules that are validated elsewhere.
 */
export async function issuesOfApplicationRules(
  dto: DtoClass,
  ours: DtoRules,
  value: object,
  path: string,
): Promise<Issue[]> {
  const instance = value instanceof dto ? value : plainToInstance(dto, value);
  const errors = await validate(instance, { forbidUnknownValues: false });
  return errors.flatMap((error) => {
    const known = ours.properties.find(({ name }) => name === error.property);
    const names = known?.rules.map(({ name }) => name) ?? [];
    return issuesOf(error, path, known?.nested ? [...names, 'nestedValidation'] : names, known?.nested !== undefined);
  });
}

function issuesOf(
  { property, constraints = {}, children = [] }: ValidationError,
  parent: string,
  ours: readonly string[],
  isOursWithin: boolean,
): Issue[] {
  const path = /^\d+$/.test(property) ? `${parent}[${property}]` : join(parent, property);
  const own = Object.entries(constraints)
    .filter(([rule]) => !ours.includes(rule))
    .map(([rule, message]) => ({ path, rule, message: withPath(message, property, path) }));
  return isOursWithin ? own : [...own, ...children.flatMap((child) => issuesOf(child, path, [], false))];
}

function withPath(message: string, property: string, path: string): string {
  return message.startsWith(`${property} `) ? `${path}${message.slice(property.length)}` : message;
}
