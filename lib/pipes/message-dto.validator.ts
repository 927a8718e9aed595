import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import { type DtoClass, DtoValidator, join, readRules } from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';
import { type MessageDto, MessageDtos } from './message-dtos.js';
import { type NestedClass, nestedClassOf } from './nested-class.js';
import { issuesOfApplicationRules } from './others-rules.js';

/** A property of the application's class that contains DTOs of this package. */
interface Holder {
  property: string;
  nested: NestedClass;
}

/** Deeper than any realistic body. */
const MAX_DEPTH = 30;

/**
 * Validates DTOs of this package: as the value itself, as a subclass or mapped type, or inside a class of the
 * application. Everything else is ignored.
 */
export class MessageDtoValidator {
  private readonly dtos = new MessageDtos();
  private readonly validator = new DtoValidator(this.dtos.rulesOf);
  private readonly holders = new WeakMap<DtoClass, readonly Holder[]>();

  /** @param limits The module's limits. Without them, WhatsApp's limits apply. */
  constructor(private readonly limits?: MessageLimits) {}

  /** Checks if values of a class may contain DTOs. */
  mayContainDto(type: DtoClass): boolean {
    return this.dtos.find(type) !== undefined || this.holdersOf(type).length > 0;
  }

  /** Returns all issues. A promise only if the application added its own rules to a DTO. */
  issuesOf(type: DtoClass, value: unknown, path = '', depth = 0): Issue[] | Promise<Issue[]> {
    if (depth > MAX_DEPTH) return [];
    const dto = this.dtos.find(type);
    const own = dto ? this.issuesOfOurs(type, dto, value, path) : [];
    const within = isRecord(value) ? this.issuesWithin(type, value, path, depth) : [];
    return joined([own, ...within]);
  }

  private issuesOfOurs(type: DtoClass, dto: MessageDto, value: unknown, path: string): Issue[] | Promise<Issue[]> {
    const limits = dto.hasModuleLimits ? this.limits : undefined;
    const ours = this.validator.validate(type, value, limits, path);
    if (!dto.hasApplicationRules || !isRecord(value)) return ours;
    return joined([ours, issuesOfApplicationRules(type, this.dtos.rulesOf(type), value, path)]);
  }

  private issuesWithin(
    type: DtoClass,
    object: Record<string, unknown>,
    path: string,
    depth: number,
  ): (Issue[] | Promise<Issue[]>)[] {
    return this.holdersOf(type).flatMap(({ property, nested }) => {
      const value = Object.hasOwn(object, property) ? object[property] : undefined;
      const at = join(path, property);
      const items = Array.isArray(value)
        ? value.map((item, index) => [item, `${at}[${index}]`] as const)
        : [[value, at] as const];
      return items.map(([item, place]) => {
        const nestedType = nested.of(item);
        const isThere = item !== undefined && item !== null;
        return isThere && nestedType ? this.issuesOf(nestedType, item, place, depth + 1) : [];
      });
    });
  }

  /** Returns the properties that may contain DTOs. */
  private holdersOf(type: DtoClass): readonly Holder[] {
    const known = this.holders.get(type);
    if (known) return known;
    const found = this.nestedIn(type).filter(({ nested }) => this.mayLeadToDto(nested, new Set()));
    this.holders.set(type, found);
    return found;
  }

  /** Checks if a class may contain DTOs. @param seen Visited classes, because a class may contain itself. */
  private mayLeadToDto({ candidates }: NestedClass, seen: Set<DtoClass>): boolean {
    return candidates.some((candidate) => {
      if (this.dtos.find(candidate)) return true;
      if (seen.has(candidate)) return false;
      seen.add(candidate);
      return this.nestedIn(candidate).some(({ nested }) => this.mayLeadToDto(nested, seen));
    });
  }

  /** Returns the nested classes that the application declared. */
  private nestedIn(type: DtoClass): Holder[] {
    const properties = this.dtos.find(type) ? this.dtos.rulesOf(type).properties : [];
    const ours = properties.filter(({ nested, rules }) => nested !== undefined || rules.length > 0);
    const names = new Set(ours.map(({ name }) => name));
    return [...readRules(type).known].flatMap((property) => {
      const nested = names.has(property) ? undefined : nestedClassOf(type, property);
      return nested ? [{ property, nested }] : [];
    });
  }
}

function joined(parts: readonly (Issue[] | Promise<Issue[]>)[]): Issue[] | Promise<Issue[]> {
  const issues = parts.filter((part) => Array.isArray(part));
  if (issues.length === parts.length) return issues.flat();
  return Promise.all(parts).then((all) => all.flat());
}
