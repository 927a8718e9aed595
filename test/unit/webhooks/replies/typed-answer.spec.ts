import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OfferedButton, RememberedMessage } from '../../../../lib/stores/sent-message.store.js';
import { buttonByTitle, foldText, meantButton, meantByParts } from '../../../../lib/webhooks/replies/typed-answer.js';
import { offering } from '../../../support/remembered-messages.js';

const numbered = (titles: readonly (string | OfferedButton)[]): RememberedMessage =>
  offering('m', titles, { numbered: true });

/** What a text means: the title, or what else is said. */
const titleOf = (meant: ReturnType<typeof meantButton>) => (typeof meant === 'object' ? meant.title : meant);

describe('A text as it is compared', () => {
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
  ])('%j is %j', (text, folded) => expect(foldText(text)).toBe(folded));

  it('is compared to itself once it was folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same whatever white space, signs and emoji stand around it', () => {
    const around = fc.stringMatching(/^[ \n*_~!?.,👍]*$/u);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), around, around, (text, before, after) => {
        expect(foldText(`${before}${text}${after}`)).toBe(foldText(text));
      }),
    );
  });
});

describe('A typed answer', () => {
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
  ])('%j to a numbered text of %j is %j', (text, titles, title) => {
    expect(titleOf(meantButton(text, numbered(titles)))).toBe(title);
  });

  it('is a number only if numbers were asked for', () => {
    const titles = ['Sim', 'Não'];
    expect(meantButton('2', offering('m', titles))).toBeUndefined();
    expect(titleOf(meantButton('2', offering('m', titles, { asked: true })))).toBe('Não');
  });

  it.each<[parts: string[], title: string | undefined]>([
    [['Hi', 'sim'], 'Sim'],
    [['Sim', 'sim!'], 'Sim'],
    [['Sim', 'Não'], 'ambiguous'],
    [['Hi', 'there'], undefined],
    [[], undefined],
  ])('in the parts %j is %j', (parts, title) => {
    expect(titleOf(meantByParts(parts, offering('m', ['Sim', 'Não'])))).toBe(title);
  });

  const title = fc.oneof(fc.string(), fc.constantFrom('Sim', 'sim', 'Não', 'Nao', '1', '2', '👍'));

  it('that is written as one title alone means that button, whatever other titles look like', () => {
    fc.assert(
      fc.property(fc.array(title, { minLength: 1 }), fc.nat(), (titles, at) => {
        const written = titles[at % titles.length] ?? '';
        fc.pre(titles.filter((each) => each.trim() === written.trim()).length === 1);
        const message = numbered(titles);
        const button = message.buttons[at % titles.length];
        expect(buttonByTitle(written, message.buttons)).toBe(button);
        // A number may mean another button: then it is not guessed.
        expect([button, 'ambiguous']).toContain(meantButton(written, message));
      }),
    );
  });

  it('never means a link, by number or by title', () => {
    const button = fc.record({ id: fc.string(), title, link: fc.constant(true) });
    const text = fc.oneof(title, fc.nat({ max: 9 }).map(String));
    fc.assert(
      fc.property(fc.array(fc.oneof(button, title), { maxLength: 9 }), text, (buttons, said) => {
        const meant = meantButton(said, numbered(buttons));
        expect(typeof meant === 'object' && meant.link === true).toBe(false);
      }),
    );
  });
});
