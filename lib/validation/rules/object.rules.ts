import { isRecord } from '../is-record.js';
import { createRuleDecorator, type LocatedIssue } from '../rule.js';
import { isWellFormed } from '../well-formed.js';

/** Deeper objects have no use in a message, and a cycle is deeper than any. */
const MAX_LEVELS = 32;

const IsObject = createRuleDecorator('isObject', {
  validate: (value) => isRecord(value),
  message: '$property must be an object',
  schema: () => ({ value: { type: 'object', additionalProperties: true } }),
});

/** Texts at any depth. The first that no system can represent is reported. */
const HasWellFormedTexts = createRuleDecorator('hasWellFormedTexts', {
  issues(value, { property }) {
    const issue = isRecord(value) ? issueWithin(value, property, MAX_LEVELS) : undefined;
    return issue ? [issue] : [];
  },
  message: '$property must not contain a lone surrogate or NUL at any depth',
});

/** An object whose fields another party defines. */
export function IsPlainObject(): PropertyDecorator {
  return (target, property) => {
    HasWellFormedTexts()(target, property);
    IsObject()(target, property);
  };
}

function issueWithin(value: unknown, path: string, levels: number): LocatedIssue | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? undefined : brokenText(path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return { path, message: '$property is nested too deeply' };
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    if (!isWellFormed(key)) return brokenText(path);
    const issue = issueWithin(inner, isList ? `${path}[${key}]` : `${path}.${key}`, levels - 1);
    if (issue) return issue;
  }
  return undefined;
}

function brokenText(path: string): LocatedIssue {
  return { path, message: '$property must not contain a lone surrogate or NUL' };
}
