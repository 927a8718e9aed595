import { getMetadataStorage } from 'class-validator';
import { ConversationMessageDto } from '../adapters/chatvolt/dto/conversation-message.dto.js';
import { dtoClasses } from '../adapters/dto-classes.js';
import { CloudMessageDto } from '../adapters/whatsapp-cloud/dto/cloud-message.dto.js';
import { type DtoClass, type DtoRules, type RuleMetadata, readRules } from '../validation/index.js';

/** Their providers enforce WhatsApp's limits themselves, whatever the module's `limits` say. */
const WITH_LIMITS_OF_THEIR_OWN = [ConversationMessageDto, CloudMessageDto];

/** What a class has of this package's DTOs. */
export interface MessageDto {
  /** Whether the module's `limits` hold for it. */
  hasModuleLimits: boolean;
  /** Whether the application added rules of its own. */
  hasOthersRules: boolean;
}

/**
 * Tells this package's DTO classes, and what is made of them, from other classes. Subclasses and mapped types are known
 * by the rules that they inherit: both keep class-validator's metadata as it was declared.
 */
export class MessageDtos {
  private readonly declared = new Map<object, unknown>();
  private readonly known = new WeakMap<DtoClass, MessageDto | 'foreign'>();

  constructor() {
    for (const dto of dtoClasses()) {
      for (const metadata of metadataOf(dto)) this.declared.set(identityOf(metadata), metadata.target);
    }
  }

  /** What a class has of ours; undefined of all others. */
  find(dto: DtoClass): MessageDto | undefined {
    const known = this.known.get(dto) ?? this.look(dto) ?? 'foreign';
    this.known.set(dto, known);
    return known === 'foreign' ? undefined : known;
  }

  /** The rules of a class that are this package's. The conditions of others hold, too: a partial type adds some. */
  readonly rulesOf = (dto: DtoClass): DtoRules => readRules(dto, (metadata) => this.isOurs(metadata));

  private look(dto: DtoClass): MessageDto | undefined {
    const all = metadataOf(dto);
    const ours = all.flatMap((metadata) => this.declared.get(identityOf(metadata)) ?? []);
    if (ours.length === 0) return undefined;
    return {
      hasModuleLimits: !ours.some(hasLimitsOfItsOwn),
      hasOthersRules: all.some((metadata) => !isCondition(metadata) && !this.isOurs(metadata)),
    };
  }

  private isOurs(metadata: RuleMetadata): boolean {
    return this.declared.has(identityOf(metadata));
  }
}

function metadataOf(dto: DtoClass): RuleMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
}

/** What stays the same where metadata is copied to another class, and is no other decorator's. */
function identityOf({ constraints, constraintCls, context, type }: RuleMetadata): object {
  return (
    [constraints, context, constraintCls].find((part) => typeof part === 'object' || typeof part === 'function') ?? {
      type,
    }
  );
}

/** What decides whether a property is judged, or only that there is one. */
function isCondition({ type }: RuleMetadata): boolean {
  return type === 'conditionalValidation' || type === 'whitelistValidation';
}

function hasLimitsOfItsOwn(target: unknown): boolean {
  return WITH_LIMITS_OF_THEIR_OWN.some(
    (base) => target === base || (typeof target === 'function' && target.prototype instanceof base),
  );
}
