import { ValidatorConstraint } from 'class-validator';
import { isPossiblePhone, recipientKind, recipientPattern } from '../../message/recipient.js';
import { isRecord } from '../is-record.js';
import { type JsonSchema, type RuleSchema } from '../json-schema.interface.js';
import { applyRule, type LocatedFault, type LocatingRule, type RuleArguments, type RuleWithSchema } from '../rule.js';

const PHONE_OR_LID: JsonSchema = { type: 'string', pattern: recipientPattern('phone', 'lid') };

const FORMS: Record<string, { holds: (value: string) => boolean; needs: string; schema: JsonSchema }> = {
  phone: {
    holds: (value) => recipientKind(value) === 'lid' || isPossiblePhone(value),
    needs: 'a possible telephone number with country code, or a lid',
    schema: PHONE_OR_LID,
  },
  group: {
    holds: (value) => ['group', 'broadcast'].includes(recipientKind(value) ?? ''),
    needs: 'the id of a group or of a broadcast list',
    schema: { type: 'string', pattern: recipientPattern('group', 'broadcast') },
  },
  conversation: {
    holds: (value) => value.trim() !== '' && value !== '.' && value !== '..',
    needs: 'the id of a conversation',
    schema: { type: 'string', pattern: '\\S', not: { enum: ['.', '..'] } },
  },
};

@ValidatorConstraint({ name: 'isMessageRecipient' })
export class IsMessageRecipientRule implements LocatingRule, RuleWithSchema {
  faults(value: unknown, args: RuleArguments): LocatedFault[] {
    if (typeof value === 'string') return faultsOf('phone', value, args.property);
    const given = isRecord(value) ? Object.keys(value).filter((key) => value[key] !== undefined) : [];
    const [form, ...others] = given;
    if (!isRecord(value) || form === undefined || others.length > 0 || !Object.hasOwn(FORMS, form)) {
      const message = '$property must be a telephone number, or an object with one of phone, group, conversation';
      return [{ path: args.property, message }];
    }
    return faultsOf(form, value[form], `${args.property}.${form}`);
  }

  validate(value: unknown, args: RuleArguments): boolean {
    return this.faults(value, args).length === 0;
  }

  defaultMessage(): string {
    return '$property must be a telephone number, or an object with one of phone, group, conversation';
  }

  schema(): RuleSchema {
    const objects = Object.entries(FORMS).map(([form, { schema }]): JsonSchema => {
      return { type: 'object', properties: { [form]: schema }, required: [form], additionalProperties: false };
    });
    return { value: { oneOf: [PHONE_OR_LID, ...objects] }, inWords: true };
  }
}

function faultsOf(form: string, value: unknown, path: string): LocatedFault[] {
  const rule = FORMS[form];
  if (!rule || (typeof value === 'string' && rule.holds(value))) return [];
  return [{ path, message: `$property must be ${rule.needs}` }];
}

/** A telephone number, or an object with exactly one of `phone`, `group` and `conversation`. */
export function IsMessageRecipient(): PropertyDecorator {
  return applyRule(IsMessageRecipientRule);
}
