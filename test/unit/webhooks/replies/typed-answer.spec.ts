import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OfferedButton, RememberedMessage } from '../../../../lib/stores/sent-message.store.js';
import {
  buttonByTitle,
  foldText,
  typedButton,
  typedButtonInParts,
} from '../../../../lib/webhooks/replies/typed-answer.js';
import { offering } from '../../../support/remembered-messages.js';

const numbered = (titles: readonly (string | OfferedButton)[]): RememberedMessage =>
  offering('m', titles, { numbered: true });

/** Returns the title of the meant button, or the other result. */
const titleOf = (meant: ReturnType<typeof typedButton>) => (typeof meant === 'object' ? meant.title : meant);

describe('foldText', () => {
  it.each([
    ['Não', 'nao'],
    ['  *Sim*!  ', 'sim'],
    ['👍 Sim 👍', 'sim'],
    ['2️⃣', '2'],
    ['２', '2'],
    ['Fala\n com  vendas', 'fala com vendas'],
    ['~_`', ''],
    ['👍', ''],
    ['É isso, né?', 'e isso, ne'],
    ['はい。', 'はい'],
    ['が', 'が'],
    ['ЁЛКА', 'елка'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['Kapalı', 'kapali'],
    ['KAPALI', 'kapali'],
    ['٢', '2'],
    ['۱۰', '10'],
    ['रु २', 'रु 2'],
  ])('folds %j to %j', (text, folded) => expect(foldText(text)).toBe(folded));

  it('leaves a folded text unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('ignores white space, punctuation and emoji around a text', () => {
    const around = fc.stringMatching(/^[ \n*_~!?.,👍]*$/u);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), around, around, (text, before, after) => {
        expect(foldText(`${before}${text}${after}`)).toBe(foldText(text));
      }),
    );
  });
});

describe('meantButton, meantByParts and buttonByTitle', () => {
  const link = { id: '', title: 'Site', link: true } as const;

  it.each<[text: string, titles: (string | OfferedButton)[], title: string | undefined]>([
    ['Sim', ['Sim', 'Não'], 'Sim'],
    ['nao', ['Sim', 'Não'], 'Não'],
    ['SALES', ['Sales', 'sales'], 'ambiguous'],
    ['sales', ['Sales', 'sales'], 'sales'],
    ['Sim', ['Sim', 'Sim'], 'ambiguous'],
    ['a+', ['A+', 'A-'], 'A+'],
    ['a', ['A', 'A+'], 'A'],
    ['*a*', ['A', 'A+'], 'ambiguous'],
    ['nao!', ['Não', 'Não!'], 'Não!'],
    ['sim', ['1️⃣ Sim', '2️⃣ Não'], '1️⃣ Sim'],
    ['nao', ['Sim 1️⃣', 'Não 2️⃣'], 'Não 2️⃣'],
    ['sim', ['1️⃣ Sim', '2️⃣ Sim'], 'ambiguous'],
    ['٢', ['نعم', 'لا'], 'لا'],
    ['', ['', 'Não'], ''],
    ['👍', ['👎', '🙏'], undefined],
    ['👍', ['👍', '🙏'], '👍'],
    ['1', ['Sim', 'Não'], 'Sim'],
    ['2.', ['Sim', 'Não'], 'Não'],
    ['2) nao', ['Sim', 'Não'], 'Não'],
    ['2 - Não', ['Sim', 'Não'], 'Não'],
    ['2 sim', ['Sim', 'Não'], undefined],
    ['2️⃣', ['Sim', 'Não'], 'Não'],
    ['02', ['Sim', 'Não'], 'Não'],
    ['-1', ['Sim', 'Não'], undefined],
    ['+1', ['Sim', 'Não'], undefined],
    ['0', ['Sim', 'Não'], undefined],
    ['3', ['Sim', 'Não'], undefined],
    ['1001', ['Sim', 'Não'], undefined],
    ['Site', [link, 'Sim'], undefined],
    ['1', [link, 'Sim'], undefined],
    ['2', [link, 'Sim'], 'Sim'],
    ['2', ['2', 'Two'], 'ambiguous'],
    ['1', ['1', 'Two'], '1'],
    ['x', [], undefined],
  ])('meantButton reads %j, offered the numbered buttons %j, as %j', (text, titles, title) => {
    expect(titleOf(typedButton(text, numbered(titles)))).toBe(title);
  });

  it.each([
    ['claro', 'Sim'],
    ['OK!', 'Sim'],
    ['👍', 'Sim'],
    ['👍🏽', 'Sim'],
    ['*nops*', 'Não'],
    ['não', 'Não'],
    ['👎', undefined],
    ['talvez', 'ambiguous'],
    ['sim', 'Sim'],
  ])('buttonByTitle reads %j with synonyms as %j', (text, title) => {
    const synonyms = { Sim: ['Claro', 'ok', '👍', 'talvez'], Não: ['nops', 'Talvez', 'sim'] };
    const buttons = Object.entries(synonyms).map(([each, own]) => ({ id: each, title: each, synonyms: own }));
    expect(titleOf(buttonByTitle(text, buttons))).toBe(title);
  });

  it('meantButton accepts a number only when the message offered numbers', () => {
    const titles = ['Sim', 'Não'];
    expect(typedButton('2', offering('m', titles))).toBeUndefined();
    expect(titleOf(typedButton('2', offering('m', titles, { asked: true })))).toBe('Não');
  });

  it.each<[parts: string[], title: string | undefined]>([
    [['Hi', 'sim'], 'Sim'],
    [['Sim', 'sim!'], 'Sim'],
    [['Sim', 'Não'], 'ambiguous'],
    [['Hi', 'there'], undefined],
    [[], undefined],
  ])('meantByParts reads the parts %j as %j', (parts, title) => {
    expect(titleOf(typedButtonInParts(parts, offering('m', ['Sim', 'Não'])))).toBe(title);
  });

  const title = fc.oneof(fc.string(), fc.constantFrom('Sim', 'sim', 'Não', 'Nao', '1', '2', '👍'));

  it('buttonByTitle finds a title written exactly, whatever the other titles are', () => {
    fc.assert(
      fc.property(fc.array(title, { minLength: 1 }), fc.nat(), (titles, at) => {
        const written = titles[at % titles.length] ?? '';
        fc.pre(titles.filter((each) => each.trim() === written.trim()).length === 1);
        const message = numbered(titles);
        const button = message.buttons[at % titles.length];
        expect(buttonByTitle(written, message.buttons)).toBe(button);
        // A number may also mean another button. The result is then ambiguous.
        expect([button, 'ambiguous']).toContain(typedButton(written, message));
      }),
    );
  });

  it('meantButton never selects a link by number or by title', () => {
    const button = fc.record({ id: fc.string(), title, link: fc.constant(true) });
    const text = fc.oneof(title, fc.nat({ max: 9 }).map(String));
    fc.assert(
      fc.property(fc.array(fc.oneof(button, title), { maxLength: 9 }), text, (buttons, said) => {
        const meant = typedButton(said, numbered(buttons));
        expect(typeof meant === 'object' && meant.link === true).toBe(false);
      }),
    );
  });
});
