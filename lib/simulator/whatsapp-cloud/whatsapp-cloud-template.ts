import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedButton, SimulatedButtonType } from '../messages/simulated-button.interface.js';

const BUTTON_TYPES: Readonly<Record<string, SimulatedButtonType>> = {
  quick_reply: 'reply',
  url: 'url',
  copy_code: 'copy',
  flow: 'flow',
  catalog: 'url',
  voice_call: 'call',
};

/**
 * Parses `template`. Only Meta knows its text, so the result is its name with the parameters of the body. A button's
 * title is its payload.
 */
export function readTemplate(template: BodyCheck): { text: string; buttons: SimulatedButton[] } {
  const name = template.text('name', { maximum: 512 });
  template.object('language').text('code');
  const components = template.optionalListed('components');
  const parameters = components
    .filter((component) => component.optionalText('type')?.toLowerCase() === 'body')
    .flatMap((body) => body.optionalListed('parameters'))
    .map((parameter) => parameter.optionalText('text') ?? '');
  return { text: [name, ...parameters].join(' · '), buttons: components.flatMap(readButton) };
}

function readButton(component: BodyCheck): SimulatedButton[] {
  if (component.text('type').toLowerCase() !== 'button') return [];
  const kind = component.word('sub_type', [...Object.keys(BUTTON_TYPES), ...Object.keys(BUTTON_TYPES).map(upperCased)]);
  const type = BUTTON_TYPES[kind?.toLowerCase() ?? ''];
  const [parameter] = component.optionalListed('parameters');
  const payload = parameter?.optionalText('payload') ?? parameter?.optionalText('text') ?? '';
  return type ? [{ id: type === 'reply' ? payload : '', title: payload || `Button ${type}`, type }] : [];
}

function upperCased(word: string): string {
  return word.toUpperCase();
}
