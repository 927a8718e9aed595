import { isRecord } from './is-record.js';

/** When a field is required. It is data in the condition's metadata, so that validation and documentation read the same. */
export type Requirement =
  | { need: 'never' }
  | { need: 'with-fields'; fields: readonly string[] }
  | { need: 'of-type'; type: string };

export function isRequirement(context: unknown): context is Requirement {
  return isRecord(context) && 'need' in context;
}
