import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import type { MessageLimits } from '../message/limits.js';
import { type DtoClass, isNestedContext } from './nested-context.js';
import { isRequirement, type Requirement } from './requirement.js';
import type { RuleArguments } from './rule.interface.js';

/** The metadata of one class-validator decorator. */
export type RuleMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of one property. */
export interface PropertyRule {
  name: string;
  metadata: RuleMetadata;
  constraint: ValidatorConstraintInterface;
}

/** The DTO class of a property, or of the items of a list. */
export interface NestedProperty {
  of: () => DtoClass;
  list: boolean;
}

/** A property with all its class-validator metadata. */
export interface PropertyRules {
  name: string;
  /** If one of them is false, the property is not validated. */
  conditions: ((object: unknown, value: unknown) => boolean)[];
  /** The conditions that are available as data. */
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
 * Reads the class-validator metadata of a class.
 *
 * @param counts Selects the rules. Conditions are always included.
 * @default all rules
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
      // Declared by the application, which validates it.
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

/** Returns the own value of a property. Inherited values are ignored. */
export function ownValue(object: Record<string, unknown>, property: string): unknown {
  return Object.hasOwn(object, property) ? object[property] : undefined;
}

/** The arguments of all rules of one object. One instance is reused for each rule in turn. */
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

/** Checks a rule for the value of its property, or for each item if the rule applies to items. */
export function holds({ metadata, constraint }: PropertyRule, args: ObjectArguments): boolean {
  const { value } = args;
  args.constraints = metadata.constraints;
  if (metadata.validateIf && !metadata.validateIf(args.object, value)) return true;
  if (!metadata.each || !Array.isArray(value)) return constraint.validate(value, args) === true;
  return value.every((item) => constraint.validate(item, args) === true);
}
