import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Equals, IsIn, IsInt, IsString, MinLength, ValidateIf } from 'class-validator';
import fc from 'fast-check';
import { type MessageLimits, WHATSAPP_LIMITS } from '../../../lib/message/limits.js';
import { DtoValidator, IsText, Nested, NestedList, Optional } from '../../../lib/validation/index.js';
import { EXAMPLES } from './examples.js';

const validator = new DtoValidator();
const looser: MessageLimits = { ...WHATSAPP_LIMITS, buttons: 5, buttonTitle: 3, header: 2, mixedButtons: 'allow' };
const limits = fc.constantFrom(undefined, WHATSAPP_LIMITS, looser);

/** Values that are invalid or nearly valid. */
const stray = fc.oneof(
  fc.anything({ maxDepth: 2, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom(
    '',
    ' ',
    '.',
    '..',
    'reply',
    'REPLY',
    'url',
    '5511987654321',
    '12',
    'https://a.b',
    'data:image/png,A',
    'c\ud83d',
    '\udc00c',
    'a\0b',
    '\ud83d\ude00',
  ),
  fc.constantFrom([], {}, [{}], [undefined], undefined, null, Number.NaN, 0, 3, 15.5),
  fc.string({ minLength: 18, maxLength: 70, unit: 'grapheme' }),
);

/** Lists every path into an example, and one unknown field at each. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]));
  return [path, [...path, 'stray'], ...below];
}

function changed(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? changed(item, rest, replacement) : item));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: changed(Reflect.get(value, key), rest, replacement) };
}

/** Generates an example with up to three changes. */
function variantsOf(example: object) {
  const change = fc.tuple(fc.constantFrom(...placesIn(example)), stray);
  return fc
    .array(change, { maxLength: 3 })
    .map((changes) => changes.reduce<unknown>((value, [path, to]) => changed(value, path, to), example));
}

class Leaf {
  @IsInt({ each: true })
  numbers!: number[];

  @MinLength(2, { validateIf: (leaf) => leaf.checked })
  name!: string;

  @ValidateIf((leaf) => leaf.name !== 'skip')
  @Equals(true)
  checked!: boolean;
}

class Foreign {
  @IsString({ message: 'own words for $value' })
  text!: string;

  @IsIn(['a', 'b'])
  choice!: string;

  @Optional()
  @Nested(() => Leaf)
  leaf?: Leaf;

  @NestedList(() => Leaf)
  leaves!: Leaf[];

  @Optional()
  @IsText()
  note?: string;

  @Optional()
  @NestedList(() => Foreign)
  below?: Foreign[];
}

const leaf = { numbers: [1, 2], name: 'ab', checked: true };
const node = { text: 'T', choice: 'a', leaf, leaves: [leaf], note: 'N' };
const ALL = [...EXAMPLES, [Foreign, { ...node, below: [node] }] as const];

describe.each(ALL.map(([dto, example]) => ({ name: dto.name, dto, example })))(
  'DtoValidator with $name',
  ({ dto, example }) => {
    it('accepts the example', () => {
      expect(validator.validate(dto, example)).toEqual([]);
    });

    it('never throws, and explains every issue of a changed example', () => {
      let invalid = 0;
      let valid = 0;
      fc.assert(
        fc.property(variantsOf(example), limits, (value, given) => {
          const issues = validator.validate(dto, value, given);
          if (issues.length > 0) invalid += 1;
          else valid += 1;
          for (const { rule, message } of issues) {
            expect(rule).not.toBe('');
            expect(message).not.toMatch(/^$|\$property|\$value|\$constraint/);
          }
        }),
        { numRuns: 1_500 },
      );
      // Both results occurred, so a constant result cannot pass.
      expect(Math.min(invalid, valid)).toBeGreaterThan(20);
    });
  },
);
