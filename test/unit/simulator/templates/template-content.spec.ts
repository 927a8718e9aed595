import { describe, expect, it } from '@jest/globals';
import { BodyCheck } from '../../../../lib/simulator/checks/body-check.js';
import { templateContent } from '../../../../lib/simulator/templates/template-content.js';
import { templateOnPhone } from '../../../../lib/simulator/templates/template-phone-content.js';
import { TemplateStore } from '../../../../lib/simulator/templates/template-store.js';
import { filledText, variablesOf } from '../../../../lib/simulator/templates/template-values.js';

const added = (components: object[]) => new TemplateStore().add('1', { name: 'a', language: 'en', components });

describe('The content of a template', () => {
  it('lists each variable once', () => {
    expect(variablesOf('{{1}} {{ 2 }} {{1}} {{name}}')).toEqual(['1', '2', 'name']);
    expect(variablesOf('none')).toEqual([]);
  });

  it('leaves a variable without a value, and fills in an empty value', () => {
    const values = [{ type: 'text' }, { type: 'currency', currency: {}, text: '$5' }].map(
      (value) => new BodyCheck(value),
    );
    expect(filledText('{{1}}|{{2}}|{{3}}', values)).toBe('|$5|{{3}}');
  });

  it('is empty without a body, and without values', () => {
    const template = added([
      { type: 'FOOTER', text: 'Foot' },
      { type: 'HEADER', format: 'IMAGE' },
    ]);
    expect(templateContent(template, new BodyCheck({}))).toEqual({
      header: { kind: 'image' },
      text: '',
      footer: 'Foot',
      buttons: [],
      targets: [],
      cards: [],
    });
  });

  it('draws cards without a header or values', () => {
    const card = { components: [{ type: 'BODY', text: 'Card' }] };
    const template = added([
      { type: 'BODY', text: 'Look' },
      { type: 'CAROUSEL', cards: [card] },
    ]);
    expect(templateOnPhone(template, new BodyCheck({}))).toEqual({
      text: 'Look',
      buttons: [],
      cards: [{ text: 'Card', buttons: [] }],
    });
  });
});
