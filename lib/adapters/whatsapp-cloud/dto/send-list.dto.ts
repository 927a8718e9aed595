import { IsIn, ValidatorConstraint } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsText,
  IsTrimmed,
  MaxCharacters,
  MaxItems,
  Nested,
  NestedList,
  Optional,
  repeats,
} from '../../../validation/index.js';
import { isRecord } from '../../../validation/is-record.js';
import { applyRule, type LocatedIssue, type PathReportingRule, type RuleArguments } from '../../../validation/rule.js';
import { isShortList } from '../../../validation/rules/list.rules.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FooterDto, TextHeaderDto } from './interactive.dto.js';

/** A choice. */
export class ListRowDto {
  /** Comes back in the webhook of a choice. 1–200 characters, different from every other row's. */
  @IsTrimmed()
  @MaxCharacters(FIXED_LIMITS.list.rowId)
  @IsText()
  id!: string;

  /** 1–24 characters. */
  @MaxCharacters(FIXED_LIMITS.list.rowTitle)
  @IsText()
  title!: string;

  /** 1–72 characters. */
  @Optional()
  @MaxCharacters(FIXED_LIMITS.list.rowDescription)
  @IsText()
  description?: string;
}

/** Choices under a title, which only a single section can do without. */
export class ListSectionDto {
  /** 1–24 characters; only a single section may go without. */
  @Optional()
  @MaxCharacters(FIXED_LIMITS.list.sectionTitle)
  @IsText()
  title?: string;

  @NestedList(() => ListRowDto)
  rows!: ListRowDto[];
}

interface Position {
  path: string;
  id: unknown;
}

function rowsOf(sections: unknown, property: string): Position[] {
  if (!isShortList(sections)) return [];
  return sections.flatMap((section, sectionIndex) => {
    const rows = isRecord(section) && isShortList(section.rows) ? section.rows : [];
    return rows.map((row, rowIndex) => ({
      path: `${property}[${sectionIndex}].rows[${rowIndex}].id`,
      id: isRecord(row) ? row.id : undefined,
    }));
  });
}

/** @internal */
@ValidatorConstraint({ name: 'listRows' })
export class SectionRowsRule implements PathReportingRule {
  faults(value: unknown, args: RuleArguments): LocatedIssue[] {
    const rows = rowsOf(value, args.property);
    const faults: LocatedIssue[] = [];
    if (rows.length > FIXED_LIMITS.list.rows) {
      faults.push({
        path: args.property,
        message: `$property must have at most ${FIXED_LIMITS.list.rows} rows in all`,
      });
    }
    const ids = rows.map((row) => row.id);
    for (const index of repeats(ids, (id) => id)) {
      const row = rows[index];
      if (row) faults.push({ path: row.path, message: '$property must not repeat the id of an earlier row' });
    }
    if (isShortList(value) && value.length > 1) {
      value.forEach((section, index) => {
        if (!isRecord(section) || section.title !== undefined) return;
        faults.push({
          path: `${args.property}[${index}].title`,
          message: '$property is needed where there are several sections',
        });
      });
    }
    return faults;
  }

  validate(value: unknown, args: RuleArguments): boolean {
    return this.faults(value, args).length === 0;
  }

  defaultMessage(): string {
    return `$property must have rows with different ids, at most ${FIXED_LIMITS.list.rows} in all, and titles where there are several`;
  }
}

/** The words that open the list, and its sections: 10 at most, with 10 rows in all. */
export class ListActionDto {
  /** The words on the button that opens the list, 1–20 characters. */
  @MaxCharacters(FIXED_LIMITS.list.button)
  @IsText()
  button!: string;

  /** At most ten sections, and ten rows in all. */
  @applyRule(SectionRowsRule)
  @MaxItems(FIXED_LIMITS.list.sections)
  @NestedList(() => ListSectionDto)
  sections!: ListSectionDto[];
}

/** The text above the list; it may be longer than above buttons. */
export class ListBodyDto {
  /** 1–4,096 characters. */
  @MaxCharacters(FIXED_LIMITS.list.body)
  @IsText()
  text!: string;
}

/** A list with what stands around it. Its header is a text. */
export class ListInteractiveDto {
  @IsIn(['list'])
  type!: 'list';

  @Optional()
  @Nested(() => TextHeaderDto)
  header?: TextHeaderDto;

  @Nested(() => ListBodyDto)
  body!: ListBodyDto;

  @Optional()
  @Nested(() => FooterDto)
  footer?: FooterDto;

  @Nested(() => ListActionDto)
  action!: ListActionDto;
}

/** An interactive message with a list to choose from. Source: WhatsApp Cloud API, interactive lists. */
export class SendListDto extends CloudMessageDto {
  @Nested(() => ListInteractiveDto)
  interactive!: ListInteractiveDto;
}
