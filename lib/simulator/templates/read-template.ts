import { BodyCheck } from '../checks/body-check.js';
import { type JsonObject, withoutUndefined } from '../json.js';
import type {
  NewSimulatedTemplate,
  SimulatedTemplate,
  TemplateButton,
  TemplateChange,
  TemplateComponent,
  TemplateStatus,
} from './template.interface.js';

const STATUSES: readonly TemplateStatus[] = [
  'APPROVED',
  'PENDING',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'PENDING_DELETION',
  'LIMIT_EXCEEDED',
  'ARCHIVED',
];
const CATEGORIES: readonly SimulatedTemplate['category'][] = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];
const COMPONENT_TYPES: readonly TemplateComponent['type'][] = [
  'HEADER',
  'BODY',
  'FOOTER',
  'BUTTONS',
  'CAROUSEL',
  'LIMITED_TIME_OFFER',
];
const HEADER_FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const;
const NAME = { pattern: /^[a-z0-9_]{1,512}$/, expected: 'lower-case letters, digits and underscores' };

/** Parses a template to add. Unknown fields are ignored. @throws TypeError if it is invalid. */
export function readNewTemplate(given: JsonObject): NewSimulatedTemplate {
  const check = new BodyCheck(given);
  const template = withoutUndefined({
    id: check.optionalText('id', { pattern: /^\d+$/, expected: 'digits' }),
    name: check.text('name', NAME),
    language: check.text('language'),
    status: check.optionalWord('status', STATUSES),
    category: check.optionalWord('category', CATEGORIES),
    parameter_format: check.optionalWord('parameter_format', ['POSITIONAL', 'NAMED']),
    components: check.objects('components').flatMap(readComponent),
    rejected_reason: check.optionalText('rejected_reason'),
    messageStatus: check.optionalWord('messageStatus', ['accepted', 'held_for_quality_assessment', 'paused']),
  });
  const [issue] = check.issues;
  if (issue) throw new TypeError(`Invalid template: ${issue.message}`);
  return template;
}

/** Parses a change of a template's status. @throws TypeError if it is invalid. */
export function readTemplateChange(given: JsonObject): TemplateChange {
  const check = new BodyCheck(given);
  check.only('status', 'reason', 'announce');
  const change = withoutUndefined({
    status: check.word('status', STATUSES) ?? 'APPROVED',
    reason: check.optionalText('reason'),
    announce: check.optionalBoolean('announce'),
  });
  const [issue] = check.issues;
  if (issue) throw new TypeError(`Invalid change of a template: ${issue.message}`);
  return change;
}

function readComponent(given: BodyCheck): TemplateComponent[] {
  const type = given.word('type', COMPONENT_TYPES);
  if (!type) return [];
  const format = type === 'HEADER' ? given.word('format', HEADER_FORMATS) : undefined;
  const hasText = type === 'BODY' || type === 'FOOTER' || format === 'TEXT';
  const text = hasText ? given.text('text') : undefined;
  const buttons = type === 'BUTTONS' ? given.objects('buttons').map(readButton) : undefined;
  const cards = type === 'CAROUSEL' ? given.objects('cards').map(readCard) : undefined;
  return [{ ...given.all(), ...withoutUndefined({ type, format, text, buttons, cards }) }];
}

function readCard(given: BodyCheck): { components: TemplateComponent[] } {
  return { ...given.all(), components: given.objects('components').flatMap(readComponent) };
}

function readButton(given: BodyCheck): TemplateButton {
  const type = given.text('type');
  return { ...given.all(), type, ...given.optionalTexts('text', 'url', 'phone_number') };
}
