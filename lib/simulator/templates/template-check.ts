import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedTemplate, TemplateButton, TemplateComponent } from './template.interface.js';
import { buttonComponent, componentOf, parametersOf, variablesOf } from './template-values.js';

/** Why a template cannot be sent, with Meta's code. */
export interface TemplateIssue {
  readonly code: number;
  readonly details: string;
}

type ParameterFormat = SimulatedTemplate['parameter_format'];

const TEXT_TYPES: readonly unknown[] = ['text', 'currency', 'date_time'];
/** The `sub_type` of the buttons in requests. */
const SUB_TYPES: Readonly<Record<string, string>> = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  OTP: 'url',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  CATALOG: 'catalog',
  MPM: 'mpm',
  VOICE_CALL: 'voice_call',
};

/**
 * Compares a message with its template. Returns the first issue.
 *
 * @param sent The `template` of the message, whose own format is valid.
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes}
 */
export function templateIssue(template: SimulatedTemplate, sent: BodyCheck): TemplateIssue | undefined {
  const { name, language, status } = template;
  if (status === 'PAUSED') return { code: 132015, details: `template (${name}) is paused` };
  if (status === 'DISABLED') return { code: 132016, details: `template (${name}) is disabled` };
  if (status !== 'APPROVED') return unknownTemplate(name, language);
  return componentsIssue(template.components, sent.optionalListed('components'), template.parameter_format);
}

/** Returns the issue of a name without an approved template in the language. */
export function unknownTemplate(name: string, language: string): TemplateIssue {
  return { code: 132001, details: `template name (${name}) does not exist in ${language}` };
}

function componentsIssue(
  components: readonly TemplateComponent[],
  sent: readonly BodyCheck[],
  format: ParameterFormat,
): TemplateIssue | undefined {
  const typed = (type: TemplateComponent['type']) => components.find((component) => component.type === type);
  return (
    headerIssue(typed('HEADER'), sent, format) ??
    textIssue('body', typed('BODY')?.text ?? '', parametersOf(componentOf(sent, 'body')), format) ??
    buttonsIssue(typed('BUTTONS')?.buttons ?? [], sent) ??
    cardsIssue(typed('CAROUSEL'), sent, format)
  );
}

function headerIssue(
  header: TemplateComponent | undefined,
  sent: readonly BodyCheck[],
  format: ParameterFormat,
): TemplateIssue | undefined {
  const parameters = parametersOf(componentOf(sent, 'header'));
  if (!header?.format || header.format === 'TEXT') return textIssue('header', header?.text ?? '', parameters, format);
  const received = String(parameters[0]?.value('type') ?? 'unknown').toUpperCase();
  return received === header.format ? undefined : mismatch('header', header.format, received);
}

function textIssue(
  place: string,
  text: string,
  parameters: readonly BodyCheck[],
  format: ParameterFormat,
): TemplateIssue | undefined {
  const variables = variablesOf(text);
  if (parameters.length !== variables.length) {
    const [given, expected] = [parameters.length, variables.length];
    const details = `${place}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
    return { code: 132000, details };
  }
  const foreign = parameters.find((parameter) => !TEXT_TYPES.includes(parameter.value('type')));
  if (foreign) return mismatch(place, 'TEXT', String(foreign.value('type')).toUpperCase());
  const names = parameters.map((parameter) => parameter.value('parameter_name'));
  if (format === 'POSITIONAL') {
    const isNamed = names.some((name) => name !== undefined);
    return isNamed ? { code: 132012, details: `${place}: the template has positional parameters` } : undefined;
  }
  const missing = variables.find((variable) => !names.includes(variable));
  return missing ? { code: 132012, details: `${place}: Parameter name (${missing}) is missing` } : undefined;
}

function buttonsIssue(buttons: readonly TemplateButton[], sent: readonly BodyCheck[]): TemplateIssue | undefined {
  const superfluous = sent.find(
    (component) =>
      String(component.value('type')).toLowerCase() === 'button' && !buttons[Number(component.value('index'))],
  );
  if (superfluous) {
    return { code: 132018, details: `buttons: Button at index ${String(superfluous.value('index'))} does not exist` };
  }
  for (const [index, button] of buttons.entries()) {
    const issue = buttonIssue(button, index, buttonComponent(sent, index));
    if (issue) return issue;
  }
  return undefined;
}

function buttonIssue(
  button: TemplateButton,
  index: number,
  component: BodyCheck | undefined,
): TemplateIssue | undefined {
  const about = `buttons: Button at index ${index} of type ${wordOf(button.type)}`;
  const needsParameter = variablesOf(button.url ?? '').length > 0 || ['COPY_CODE', 'OTP'].includes(button.type);
  if (!component) return needsParameter ? { code: 131008, details: `${about} requires a parameter` } : undefined;
  const subType = String(component.value('sub_type')).toLowerCase();
  if (SUB_TYPES[button.type] !== subType) return { code: 132012, details: `${about} is not of the type ${subType}` };
  const count = parametersOf(component).length;
  if (needsParameter && count === 0) return { code: 131008, details: `${about} requires a parameter` };
  if (button.type === 'URL' && !needsParameter && count > 0)
    return { code: 132018, details: `${about} has no variable` };
  return undefined;
}

function cardsIssue(
  carousel: TemplateComponent | undefined,
  sent: readonly BodyCheck[],
  format: ParameterFormat,
): TemplateIssue | undefined {
  const cards = carousel?.cards ?? [];
  const given = componentOf(sent, 'carousel')?.optionalListed('cards') ?? [];
  if (cards.length !== given.length) {
    return { code: 132012, details: `carousel: expected ${cards.length} cards, received ${given.length}` };
  }
  for (const [index, card] of cards.entries()) {
    const issue = componentsIssue(card.components, given[index]?.optionalListed('components') ?? [], format);
    if (issue) return { ...issue, details: `carousel card ${index}: ${issue.details}` };
  }
  return undefined;
}

function mismatch(place: string, expected: string, received: string): TemplateIssue {
  return { code: 132012, details: `${place}: Format mismatch, expected ${expected}, received ${received}` };
}

/** `QUICK_REPLY` → `QuickReply`, as in Meta's texts. */
function wordOf(type: string): string {
  return type
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}
