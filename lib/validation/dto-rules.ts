import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { isRecord } from './is-record.js';
import { OPEN_FIELDS } from './open-fields.js';
import { isRequirement, type Requirement } from './requirement.js';

/** A DTO class. */
export type DtoClass<T extends object = object> = new () => T;

/** The metadata of one class-validator decorator. */
export type RuleMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of one property. */
export interface PropertyRule {
  name: string;
  metadata: RuleMetadata;
  constraint: ValidatorConstraintInterface;
}

/**
 * The DTO class of a property, or of the items of a list. It is the context of the decorator's metadata, so that the
 * validator needs no instance to find the class.
 */
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
  properties: PropertyRules[];
  /** The names of all properties that have a decorator. */
  known: ReadonlySet<string>;
  /** The beginnings of the names of other fields that are allowed. */
  prefixes: readonly string[];
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
  return { properties, known: new Set(Object.keys(grouped)), prefixes: properties.flatMap(prefixesOf) };
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
    } else if (metadata.type === 'nestedValidation' && isNestedProperty(metadata.context)) {
      property.nested = metadata.context;
    } else if (metadata.constraintCls) {
      for (const constraint of getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)) {
        property.rules.push({ name: constraint.name, metadata, constraint: constraint.instance });
      }
    }
  }
  return property;
}

function prefixesOf({ rules }: PropertyRules): string[] {
  return rules.flatMap(({ name, metadata }) => (name === OPEN_FIELDS ? metadata.constraints.map(String) : []));
}

function isNestedProperty(context: unknown): context is NestedProperty {
  return isRecord(context) && 'of' in context && 'list' in context;
}
