import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import type { MessageLimits } from '../message/limits.js';
import { type DtoClass, isNestedContext } from './nested-context.js';
import { isRequirement, type Requirement } from './requirement.js';
import type { RuleArguments } from './rule.interface.js';

/** What class-validator keeps of one decorator. */
export type RuleMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of one property. */
export interface PropertyRule {
  name: string;
  metadata: RuleMetadata;
  constraint: ValidatorConstraintInterface;
}

/** The DTO class that a property holds, once or as a list. */
export interface NestedProperty {
  of: () => DtoClass;
  list: boolean;
}

/** A property with everything that class-validator's metadata says of it. */
export interface PropertyRules {
  name: string;
  /** Where one of them does not hold, the property is not judged. */
  conditions: ((object: unknown, value: unknown) => boolean)[];
  /** The conditions that are known as data. */
  needs: Requirement[];
  rules: PropertyRule[];
  nested: NestedProperty | undefined;
}

/** The rules of a DTO class. */
export interface DtoRules {
  className: string;
  properties: PropertyRules[];
  /** The names of all properties that have a decorator. */
  known: ReadonlySet<string>;
}

/**
 * Reads what the decorators of a class left with class-validator.
 *
 * @param counts Which rules count; all do unless it is given. Conditions always do.
 */
export function readRules(dto: DtoClass, counts: (metadata: RuleMetadata) => boolean = () => true): DtoRules {
  const storage = getMetadataStorage();
  const grouped = storage.groupByPropertyName(storage.getTargetValidationMetadatas(dto, '', false, false));
  const properties = Object.entries(grouped).map(([name, metadatas]) => readProperty(name, metadatas, counts));
  return { className: dto.name, properties, known: new Set(Object.keys(grouped)) };
}

function readProperty(
  name: string,
  metadatas: RuleMetadata[],
  counts: (metadata: RuleMetadata) => boolean,
): PropertyRules {
  const property: PropertyRules = { name, conditions: [], needs: [], rules: [], nested: undefined };
  for (const metadata of metadatas) {
    if (metadata.type === 'conditionalValidation') {
      property.conditions.push(metadata.constraints[0]);
      if (isRequirement(metadata.context)) property.needs.push(metadata.context);
    } else if (!counts(metadata)) {
      // The business of whoever declared it.
    } else if (metadata.type === 'nestedValidation' && isNestedContext(metadata.context)) {
      property.nested = { of: metadata.context.nested, list: metadata.context.list };
    } else if (metadata.constraintCls) {
      for (const constraint of getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)) {
        property.rules.push({ name: constraint.name, metadata, constraint: constraint.instance });
      }
    }
  }
  return property;
}

/** The value of a property; what an object only inherits is not its own. */
export function ownValue(object: Record<string, unknown>, property: string): unknown {
  return Object.hasOwn(object, property) ? object[property] : undefined;
}

/** What the rules of one object are told: one set for all of them, which is made to fit each in turn. */
export interface ObjectArguments extends RuleArguments {
  object: Record<string, unknown>;
}

export function argumentsOf(
  { className }: DtoRules,
  object: Record<string, unknown>,
  limits: MessageLimits | undefined,
): ObjectArguments {
  return { targetName: className, property: '', object, value: undefined, constraints: [], limits };
}

/** Whether a rule holds for the value of its property, or for each of its items where the rule is of those. */
export function holds({ metadata, constraint }: PropertyRule, args: ObjectArguments): boolean {
  const { value } = args;
  args.constraints = metadata.constraints;
  if (metadata.validateIf && !metadata.validateIf(args.object, value)) return true;
  if (!metadata.each || !Array.isArray(value)) return constraint.validate(value, args) === true;
  return value.every((item) => constraint.validate(item, args) === true);
}
