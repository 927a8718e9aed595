import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { isNeed, type Need } from './need.js';
import { type DtoClass, isNestedContext } from './nested.decorator.js';

export type RuleMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of a property. */
export interface DtoRule {
  name: string;
  metadata: RuleMetadata;
  constraint: ValidatorConstraintInterface;
}

/** Other DTOs that a property holds. */
export interface NestedProperty {
  of: () => DtoClass;
  list: boolean;
}

/** A property with everything that class-validator's metadata says of it. */
export interface DtoProperty {
  name: string;
  /** The rules hold where all of these do. */
  conditions: ((object: unknown, value: unknown) => boolean)[];
  /** The conditions that are known as data. */
  needs: Need[];
  rules: DtoRule[];
  nested: NestedProperty | undefined;
}

/** The properties of a DTO class that have rules, those that it inherits among them. */
export function propertiesOf(dto: DtoClass): DtoProperty[] {
  const storage = getMetadataStorage();
  const grouped = storage.groupByPropertyName(storage.getTargetValidationMetadatas(dto, '', false, false));
  return Object.entries(grouped).map(([name, metadatas]) => propertyOf(name, metadatas));
}

function propertyOf(name: string, metadatas: RuleMetadata[]): DtoProperty {
  const property: DtoProperty = { name, conditions: [], needs: [], rules: [], nested: undefined };
  for (const metadata of metadatas) {
    if (metadata.type === 'conditionalValidation') {
      property.conditions.push(metadata.constraints[0]);
      if (isNeed(metadata.context)) property.needs.push(metadata.context);
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
