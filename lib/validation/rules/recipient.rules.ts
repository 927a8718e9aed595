import { isPossiblePhone } from '../../message/phone-number.js';
import { recipientKind, recipientPattern } from '../../message/recipient-kind.js';
import { isRecord } from '../is-record.js';
import type { JsonSchema } from '../json-schema.interface.js';
import { createRuleDecorator, type LocatedIssue } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

const PERSON: JsonSchema = { type: 'string', pattern: recipientPattern('phone', 'lid', 'userId') };

const NEEDS_PERSON = 'a possible phone number that begins with + or with its country code, a lid or a user ID';

const FORMS: Record<string, { holds: (value: string) => boolean; needs: string; schema: JsonSchema }> = {
  phone: {
    holds: (value) => ['lid', 'userId'].includes(recipientKind(value) ?? '') || isPossiblePhone(value),
    needs: NEEDS_PERSON,
    schema: PERSON,
  },
  lid: {
    holds: (value) => recipientKind(value) === 'lid',
    needs: 'a lid: digits followed by @lid',
    schema: { type: 'string', pattern: recipientPattern('lid') },
  },
  userId: {
    holds: (value) => recipientKind(value) === 'userId',
    needs: 'a WhatsApp user ID: two capital letters, a dot, letters and digits',
    schema: { type: 'string', pattern: recipientPattern('userId') },
  },
  group: {
    holds: (value) => ['group', 'broadcast'].includes(recipientKind(value) ?? ''),
    needs: 'the ID of a group or of a broadcast list',
    schema: { type: 'string', pattern: recipientPattern('group', 'broadcast') },
  },
  conversation: {
    holds: (value) => value.trim() !== '' && value !== '.' && value !== '..' && isWellFormed(value),
    needs: 'the ID of a conversation',
    schema: { type: 'string', pattern: '\\S', not: { anyOf: [{ enum: ['.', '..'] }, { pattern: NOT_WELL_FORMED }] } },
  },
};

const RECIPIENT = `$property must be a phone number, or an object with exactly one of ${Object.keys(FORMS).join(', ')}`;

function formIssues(form: string, value: unknown, path: string): LocatedIssue[] {
  const rule = FORMS[form];
  if (!rule || (typeof value === 'string' && rule.holds(value))) return [];
  return [{ path, message: `$property must be ${rule.needs}` }];
}

/** A phone number, or an object with exactly one of `phone`, `lid`, `userId`, `group` and `conversation`. */
export const IsMessageRecipient = createRuleDecorator('isMessageRecipient', {
  issues(value, { property }) {
    if (typeof value === 'string') return formIssues('phone', value, property);
    const given = isRecord(value) ? Object.keys(value).filter((key) => value[key] !== undefined) : [];
    const [form, ...others] = given;
    if (!isRecord(value) || form === undefined || others.length > 0 || !Object.hasOwn(FORMS, form)) {
      return [{ path: property, message: RECIPIENT }];
    }
    return formIssues(form, value[form], `${property}.${form}`);
  },
  message: RECIPIENT,
  schema() {
    const objects = Object.entries(FORMS).map(([form, { schema }]): JsonSchema => {
      return { type: 'object', properties: { [form]: schema }, required: [form], additionalProperties: false };
    });
    return { value: { oneOf: [PERSON, ...objects] }, inWords: true };
  },
});
