import type { BodyCheck } from '../checks/body-check.js';
import { phoneButtons } from '../phones/phone-buttons.js';
import type { PhoneCard, PhoneContent, PhoneForm } from '../phones/phone-message.interface.js';
import { formFields } from '../phones/phone-reply.js';
import type { SimulatedTemplate } from './template.interface.js';
import { type TemplateContent, templateContent } from './template-content.js';
import { buttonComponent, parametersOf } from './template-values.js';

/** Returns what a phone shows of a template. @param sent The `template` of the message. */
export function templateOnPhone(template: SimulatedTemplate, sent: BodyCheck): PhoneContent {
  const { header, text, footer, buttons, targets, cards } = templateContent(template, sent);
  const form = formOf(buttons, sent);
  return {
    ...(header && { header }),
    text,
    ...(footer !== undefined && { footer }),
    buttons: phoneButtons(buttons, targets),
    ...(cards.length > 0 && { cards: cardsOnPhone(cards, buttons.length) }),
    ...(form && { form }),
  };
}

/** @param first The index of the first button among all buttons of the message. */
function cardsOnPhone(cards: readonly TemplateContent[], first: number): PhoneCard[] {
  let next = first;
  return cards.map(({ header, text, buttons, targets }) => {
    const place = next;
    next += buttons.length;
    return { ...(header && { header }), text, buttons: phoneButtons(buttons, targets, place) };
  });
}

/** Returns the form of the flow button, with the data of the message. */
function formOf(buttons: TemplateContent['buttons'], sent: BodyCheck): PhoneForm | undefined {
  const index = buttons.findIndex(({ type }) => type === 'flow');
  if (index < 0) return undefined;
  const [parameter] = parametersOf(buttonComponent(sent.optionalListed('components'), index));
  const action = parameter?.optionalObject('action');
  const token = action?.optionalText('flow_token');
  return { index, ...(token && { token }), fields: formFields(action?.optionalJson('flow_action_data') ?? {}) };
}
