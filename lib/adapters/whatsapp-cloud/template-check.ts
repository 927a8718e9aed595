import type { Issue } from '../../errors/issue.js';
import type { Template, TemplateButton, TemplateHeader, TemplateParameters } from '../../message/message.interface.js';
import { listIn, textIn } from '../json-fields.js';

/** A template as Meta lists it. */
export interface ListedTemplate {
  status: string;
  components: readonly unknown[];
}

const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The approved buttons that each button's value fits. The button of a one-time password takes its code as a link does. */
const BUTTON_TYPES: Readonly<Record<TemplateButton['type'], readonly string[]>> = {
  reply: ['QUICK_REPLY'],
  url: ['URL', 'OTP'],
  copy: ['COPY_CODE'],
  flow: ['FLOW'],
};

/**
 * Compares the values of a template with the approved template.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
export function templateIssues(given: Template, { status, components }: ListedTemplate): Issue[] {
  if (status !== 'APPROVED') return [issue('name', `must be approved. Its status is ${status}`)];
  const componentOf = (type: string) => components.find((component) => typeOf(component) === type);
  return [
    ...headerIssues(given.header, componentOf('HEADER')),
    ...valueIssues('body', given.body, placeholdersIn(textIn(componentOf('BODY'), 'text'))),
    ...buttonIssues(given.buttons ?? [], listIn(componentOf('BUTTONS'), 'buttons')),
  ];
}

/** Returns the issue of a template that Meta does not list. */
export function unknownTemplateIssue({ name, language }: Template, languages: readonly string[]): Issue {
  if (languages.length === 0) return issue('name', `must be a template of the account. It has no ${name}`);
  return issue('language', `must be a language of ${name}: ${languages.join(', ')}. There is no ${language}`);
}

function headerIssues(given: TemplateHeader | undefined, approved: unknown): Issue[] {
  const format = textIn(approved, 'format')?.toUpperCase();
  if (format === undefined || format === 'TEXT') {
    const placeholders = placeholdersIn(textIn(approved, 'text'));
    const isOtherKind = given && !given.text;
    if (isOtherKind) return [issue('header', `must be ${format === undefined ? 'absent' : 'a text'}`)];
    return valueIssues('header.text', given?.text, placeholders);
  }
  const kind = format.toLowerCase();
  const isKnown = kind === 'image' || kind === 'video' || kind === 'document';
  return isKnown && given?.[kind] === undefined ? [issue(`header.${kind}`, 'is required by the template')] : [];
}

function valueIssues(path: string, given: TemplateParameters | undefined, names: readonly string[]): Issue[] {
  if (names.length === 0) return given ? [issue(path, 'must be absent, because the template has no variables')] : [];
  if (names.every((name) => /^\d+$/.test(name))) {
    const isFit = Array.isArray(given) && given.length === names.length;
    return isFit ? [] : [issue(path, `must be an array of ${names.length} texts, by position`)];
  }
  const found = given && !Array.isArray(given) ? Object.keys(given) : [];
  const isFit = found.length === names.length && names.every((name) => found.includes(name));
  return isFit ? [] : [issue(path, `must have exactly these names: ${names.join(', ')}`)];
}

function buttonIssues(given: readonly TemplateButton[], approved: readonly unknown[]): Issue[] {
  const unfit = given.flatMap((button, position) => {
    const type = typeOf(approved[button.index]) ?? 'no button';
    if (BUTTON_TYPES[button.type].includes(type)) return [];
    return [issue(`buttons[${position}].type`, `must match the template, which has ${type} at index ${button.index}`)];
  });
  const missing = approved.flatMap((button, index) => {
    const isGiven = given.some((each) => each.index === index);
    return needsValue(button) && !isGiven
      ? [issue('buttons', `must have a value for the button at index ${index}`)]
      : [];
  });
  return [...unfit, ...missing];
}

/** Only links with a variable and copy buttons need a value. */
function needsValue(button: unknown): boolean {
  const type = typeOf(button);
  return type === 'COPY_CODE' || (type === 'URL' && placeholdersIn(textIn(button, 'url')).length > 0);
}

function placeholdersIn(text = ''): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return names.filter((name, position) => names.indexOf(name) === position);
}

function typeOf(component: unknown): string | undefined {
  return textIn(component, 'type')?.toUpperCase();
}

function issue(path: string, requirement: string): Issue {
  const whole = `template.${path}`;
  return { path: whole, rule: 'fitsTemplate', message: `${whole} ${requirement}` };
}
