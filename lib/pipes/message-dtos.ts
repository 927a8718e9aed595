import { getMetadataStorage } from 'class-validator';
import { ADAPTER_DEFINITIONS } from '../adapters/adapter-definitions.js';
import { dtoClasses } from '../adapters/dto-classes.js';
import { type DtoClass, type DtoRules, type RuleMetadata, readRules } from '../validation/index.js';

const DTOS_WITH_OWN_LIMITS = [...ADAPTER_DEFINITIONS.values()].flatMap(({ dtosWithOwnLimits }) => dtosWithOwnLimits);

/** The rules of a class that belong to this package. */
export interface MessageDto {
  /** Whether the module's `limits` apply. */
  hasModuleLimits: boolean;
  /** Whether the application added its own rules. */
  hasApplicationRules: boolean;
}

/**
 * Recognizes the DTO classes of this package, their subclasses and mapped types, by their inherited rules. Both keep
 * the metadata of class-validator.
 */
export class MessageDtos {
  private readonly declared = new Map<object, unknown>();
  private readonly known = new WeakMap<DtoClass, MessageDto | 'foreign'>();

  constructor() {
    for (const dto of dtoClasses()) {
      for (const metadata of metadataOf(dto)) this.declared.set(identityOf(metadata), metadata.target);
    }
  }

  /** Returns the DTO of a class, or undefined for other classes. */
  find(dto: DtoClass): MessageDto | undefined {
    const known = this.known.get(dto) ?? this.look(dto) ?? 'foreign';
    this.known.set(dto, known);
    return known === 'foreign' ? undefined : known;
  }

  /** Returns this package's rules of a class. Conditions of others apply as well: a partial type adds some. */
  readonly rulesOf = (dto: DtoClass): DtoRules => readRules(dto, (metadata) => this.isOurs(metadata));

  private look(dto: DtoClass): MessageDto | undefined {
    const all = metadataOf(dto);
    const ours = all.flatMap((metadata) => this.declared.get(identityOf(metadata)) ?? []);
    if (ours.length === 0) return undefined;
    return {
      hasModuleLimits: !ours.some(hasLimitsOfItsOwn),
      hasApplicationRules: all.some((metadata) => !isCondition(metadata) && !this.isOurs(metadata)),
    };
  }

  private isOurs(metadata: RuleMetadata): boolean {
    return this.declared.has(identityOf(metadata));
  }
}

function metadataOf(dto: DtoClass): RuleMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
}

/** Returns the part of the metadata that copies of it share. */
function identityOf({ constraints, constraintCls, context, type }: RuleMetadata): object {
  return (
    [constraints, context, constraintCls].find((part) => typeof part === 'object' || typeof part === 'function') ?? {
      type,
    }
  );
}

/** Checks for metadata that only decides whether a property is validated. */
function isCondition({ type }: RuleMetadata): boolean {
  return type === 'conditionalValidation' || type === 'whitelistValidation';
}

function hasLimitsOfItsOwn(target: unknown): boolean {
  return DTOS_WITH_OWN_LIMITS.some(
    (base) => target === base || (typeof target === 'function' && target.prototype instanceof base),
  );
}
