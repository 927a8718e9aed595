import { ValidateIf } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsText, Optional, repeats } from '../../../validation/index.js';
import { isRecord } from '../../../validation/is-record.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { ConversationMessageDto } from './conversation-message.dto.js';

type OneToTen = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

type SectionFields = { [Section in OneToTen as `section_${Section}_title`]?: string };

type RowFields = {
  [Field in `section_${OneToTen}_row_${OneToTen}_${'id' | 'title' | 'description'}`]?: string;
};

const NUMBERS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Returns the names of the fields of a row. */
function rowFields(section: number, row: number) {
  const prefix = `section_${section}_row_${row}`;
  return { id: `${prefix}_id`, title: `${prefix}_title`, description: `${prefix}_description` };
}

function sectionTitle(section: number): string {
  return `section_${section}_title`;
}

const ROWS = NUMBERS.flatMap((section) => NUMBERS.map((row) => rowFields(section, row)));

const HasListRows = createRuleDecorator('listRows', {
  issues(_value, args) {
    const body: Record<string, unknown> = isRecord(args.object) ? args.object : {};
    const given = ROWS.filter((row) => body[row.id] !== undefined);
    const tooMany = given.slice(FIXED_LIMITS.list.rows, FIXED_LIMITS.list.rows + 1);
    const repeated = repeats(given, (row) => (isRecord(row) ? body[String(row.id)] : undefined));
    return [
      ...tooMany.map((row) => ({
        path: row.id,
        message: `$property exceeds the maximum of ${FIXED_LIMITS.list.rows} rows in total`,
      })),
      ...repeated.flatMap((index) => {
        const row = given[index];
        return row ? [{ path: row.id, message: '$property must not repeat the id of an earlier row' }] : [];
      }),
    ];
  },
  message: `the list must have at most ${FIXED_LIMITS.list.rows} rows in total, with different ids`,
});

/**
 * `POST /messages/interactive/send-lists`: a text with a list, in Chatvolt's flat format: `section_1_title`,
 * `section_1_row_1_id`, `section_1_row_1_title`, `section_1_row_1_description`, … At most ten sections and ten rows in
 * total, without gaps.
 *
 * @see https://docs.chatvolt.ai
 *
 * @publicApi
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: 310 flat fields that differ in their numbers only, declared by template literal types below
export class SendListsDto extends ConversationMessageDto {
  /** 1–4,096 characters. */
  @IsText(FIXED_LIMITS.list.body)
  body_text!: string;

  /** The text of the button that opens the list, 1–20 characters. */
  @HasListRows()
  @IsText(FIXED_LIMITS.list.button)
  button_text!: string;

  /** The title of the list. */
  @Optional()
  @IsText()
  list_title?: string;
}

export interface SendListsDto extends SectionFields, RowFields {}

const FLAT_FIELDS = [...NUMBERS.map(sectionTitle), ...ROWS.flatMap((row) => Object.values(row))];

/** Requires the field if it or a matching field is set. */
function neededBy(matches: (field: string) => boolean): PropertyDecorator {
  // Only these fields are read, because a body may have any number of others.
  const others = FLAT_FIELDS.filter(matches);
  return ValidateIf((body: Record<string, unknown>, value) => {
    return value !== undefined || others.some((field) => body[field] !== undefined);
  });
}

function numberIn(field: string, part: RegExp): number {
  return Number(part.exec(field)?.[1] ?? 0);
}

function decorate(field: string, ...decorators: PropertyDecorator[]): void {
  for (const decorator of decorators) decorator(SendListsDto.prototype, field);
}

function decorateRow(section: number, row: number): void {
  const fields = rowFields(section, row);
  const isLaterRow = (field: string) =>
    field.startsWith(`section_${section}_row_`) && numberIn(field, /_row_(\d+)_/) > row;
  const startsSection = (field: string) => row === 1 && field.startsWith(`section_${section}_`);
  const isFirst = section === 1 && row === 1;
  const neededUnlessFirst = (matches: (field: string) => boolean) => (isFirst ? [] : [neededBy(matches)]);
  decorate(
    fields.id,
    IsText(FIXED_LIMITS.list.rowId),
    ...neededUnlessFirst(
      (field) => startsSection(field) || isLaterRow(field) || field === fields.title || field === fields.description,
    ),
  );
  decorate(
    fields.title,
    IsText(FIXED_LIMITS.list.rowTitle),
    ...neededUnlessFirst((field) => field === fields.id || field === fields.description),
  );
  decorate(fields.description, IsText(FIXED_LIMITS.list.rowDescription), Optional());
}

for (const section of NUMBERS) {
  decorate(
    sectionTitle(section),
    IsText(FIXED_LIMITS.list.sectionTitle),
    ...(section === 1 ? [] : [neededBy((field) => numberIn(field, /^section_(\d+)_/) >= section)]),
  );
  for (const row of NUMBERS) decorateRow(section, row);
}
