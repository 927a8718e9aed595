import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { PhoneHeader } from '../phones/phone-message.interface.js';
import type { SimulatedTemplate, TemplateButton, TemplateComponent } from './template.interface.js';
import { buttonComponent, componentOf, filledText, parametersOf } from './template-values.js';

/** A template with the values of a message. */
export interface TemplateContent {
  readonly header?: PhoneHeader;
  readonly text: string;
  readonly footer?: string;
  readonly buttons: readonly SimulatedButton[];
  /** What each button acts on, in the same order. */
  readonly targets: readonly (string | undefined)[];
  readonly cards: readonly TemplateContent[];
}

const BUTTON_TYPES: Readonly<Record<string, SimulatedButton['type']>> = {
  QUICK_REPLY: 'reply',
  PHONE_NUMBER: 'call',
  VOICE_CALL: 'call',
  COPY_CODE: 'copy',
  OTP: 'copy',
  FLOW: 'flow',
  REQUEST_CONTACT_INFO: 'contact',
};
const MEDIA_KINDS = ['image', 'video', 'document'] as const;

/** @param sent The `template` of the message. */
export function templateContent(template: SimulatedTemplate, sent: BodyCheck): TemplateContent {
  return contentOf(template.components, sent.optionalListed('components'));
}

function contentOf(components: readonly TemplateComponent[], sent: readonly BodyCheck[]): TemplateContent {
  const typed = (type: TemplateComponent['type']) => components.find((component) => component.type === type);
  const footer = typed('FOOTER')?.text;
  const header = headerOf(typed('HEADER'), parametersOf(componentOf(sent, 'header')));
  const pressable = (typed('BUTTONS')?.buttons ?? []).map((button, index) =>
    buttonOf(button, buttonComponent(sent, index)),
  );
  const cards = componentOf(sent, 'carousel')?.optionalListed('cards') ?? [];
  return {
    ...(header && { header }),
    text: filledText(typed('BODY')?.text ?? '', parametersOf(componentOf(sent, 'body'))),
    ...(footer !== undefined && { footer }),
    buttons: pressable.map(({ button }) => button),
    targets: pressable.map(({ target }) => target),
    cards: (typed('CAROUSEL')?.cards ?? []).map((card, index) =>
      contentOf(card.components, cards[index]?.optionalListed('components') ?? []),
    ),
  };
}

function headerOf(header: TemplateComponent | undefined, parameters: readonly BodyCheck[]): PhoneHeader | undefined {
  if (header?.format === 'TEXT') return { kind: 'text', text: filledText(header.text ?? '', parameters) };
  const kind = MEDIA_KINDS.find((known) => known.toUpperCase() === header?.format);
  if (!kind) return undefined;
  const media = parameters[0]?.optionalObject(kind)?.optionalTexts('link', 'id', 'filename') ?? {};
  const { link, id, filename } = media;
  return { kind, ...(link && { url: link }), ...(id && { mediaId: id }), ...(filename && { filename }) };
}

function buttonOf(
  button: TemplateButton,
  component: BodyCheck | undefined,
): { button: SimulatedButton; target: string | undefined } {
  const type = BUTTON_TYPES[button.type] ?? 'url';
  const title = button.text ?? button.type;
  const [parameter] = parametersOf(component);
  const { payload, text, coupon_code: code } = parameter?.optionalTexts('payload', 'text', 'coupon_code') ?? {};
  const id = type === 'reply' ? (payload ?? title) : '';
  const targets = {
    url: filledText(button.url ?? '', parameter ? [parameter] : []),
    call: button.phone_number,
    copy: code ?? text,
  };
  return { button: { id, title, type }, target: Object.entries(targets).find(([known]) => known === type)?.[1] };
}
