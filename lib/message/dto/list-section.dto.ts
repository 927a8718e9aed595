import { IsText, IsTrimmed, NestedList, Optional, repeats } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { createRuleDecorator, type LocatedIssue } from '../../validation/rule.js';
import { isShortList } from '../../validation/rules/list.rules.js';
import { FIXED_LIMITS } from '../limits.js';

/** A row of a list. @publicApi */
export class ListRowDto {
  /** Returned in the webhook of a choice. 1–200 characters, unique in the list. */
  @IsTrimmed()
  @IsText(FIXED_LIMITS.list.rowId)
  id!: string;

  /** 1–24 characters. */
  @IsText(FIXED_LIMITS.list.rowTitle)
  title!: string;

  /** 1–72 characters. */
  @Optional()
  @IsText(FIXED_LIMITS.list.rowDescription)
  description?: string;
}

/** A section of a list. @publicApi */
export class ListSectionDto {
  /** 1–24 characters. Only a single section may omit it. */
  @Optional()
  @IsText(FIXED_LIMITS.list.sectionTitle)
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

/** Rows with different IDs, and a title for each of several sections. */
export const HasSectionRows = createRuleDecorator('listRows', {
  issues(value, args) {
    const rows = rowsOf(value, args.property);
    const issues: LocatedIssue[] = [];
    if (rows.length > FIXED_LIMITS.list.rows) {
      issues.push({
        path: args.property,
        message: `$property must have at most ${FIXED_LIMITS.list.rows} rows in total`,
      });
    }
    const ids = rows.map((row) => row.id);
    for (const index of repeats(ids, (id) => id)) {
      const row = rows[index];
      if (row) issues.push({ path: row.path, message: '$property must not repeat the id of an earlier row' });
    }
    if (isShortList(value) && value.length > 1) {
      value.forEach((section, index) => {
        if (!isRecord(section) || section.title !== undefined) return;
        issues.push({
          path: `${args.property}[${index}].title`,
          message: '$property is required if there are several sections',
        });
      });
    }
    return issues;
  },
  message: `$property must have at most ${FIXED_LIMITS.list.rows} rows in total, with different ids, and a title for each of several sections`,
});
