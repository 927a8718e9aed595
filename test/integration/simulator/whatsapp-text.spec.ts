import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Inline, linkTarget } from '../../../ui/phone/formatting/inline-text.js';
import { plainText } from '../../../ui/phone/formatting/plain-text.js';
import { type Block, readWhatsAppText } from '../../../ui/phone/formatting/whatsapp-text.js';

/** Writes the tree in a short form: `bold(text)`. */
function written(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind === 'list') return `${block.start ?? '-'}[${block.items.map(pieces).join('|')}]`;
    return block.kind === 'quote' ? `>${pieces(block.children)}` : pieces(block.children);
  });
}

function pieces(inline: readonly Inline[]): string {
  return inline
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'link') return `link(${piece.target})`;
      return 'text' in piece ? `${piece.kind}(${piece.text})` : `${piece.kind}(${pieces(piece.children)})`;
    })
    .join('');
}

describe('readWhatsAppText', () => {
  it.each([
    ['*bold*', 'bold(bold)'],
    ['_italic_ and ~gone~', 'italic(italic) and strike(gone)'],
    ['*bold _both_*', 'bold(bold italic(both))'],
    ['(*bold*), "_it_".', '(bold(bold)), "italic(it)".'],
    ['`code` ```mono *not bold*```', 'code(code) mono(mono *not bold*)'],
    ['```two\nlines```', 'mono(two\nlines)'],
    ['*not\nover lines*', '*not\nover lines*'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* not bold *', '-[not bold *]'],
    ['a * b * c', 'a * b * c'],
    ['**', '**'],
    ['*open', '*open'],
    ['*a*b*', 'bold(a*b)'],
    ['https://example.com/a_b_c?x=*1*.', 'link(https://example.com/a_b_c?x=*1)*.'],
    ['(www.example.com)', '(link(https://www.example.com))'],
    ['call +55 11 3333-4444!', 'call link(tel:+551133334444)!'],
    ['javascript:alert(1) ftp://x.y data:text/html,x', 'javascript:alert(1) ftp://x.y data:text/html,x'],
  ])('formats %j', (text, tree) => {
    expect(written(readWhatsAppText(text))).toEqual([tree]);
  });

  it('formats quotes and lists', () => {
    const text = 'Intro\n\n> a *quote*\n> on two lines\n- one\n* two\n3. three\n4. four\nEnd';
    expect(written(readWhatsAppText(text))).toEqual([
      'Intro',
      '>a bold(quote)\non two lines',
      '-[one|two]',
      '3[three|four]',
      'End',
    ]);
  });

  it('links only to http, https and tel addresses', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('javascript:', 'data:', '//', '\\\\')),
        (address) => {
          expect(linkTarget(address) ?? 'tel:').toMatch(/^(?:https?:\/\/|tel:)/i);
        },
      ),
    );
  });

  it('loses no character of any text', () => {
    const marked = fc.string({
      unit: fc.constantFrom('*', '_', '~', '`', ' ', '\n', 'a', 'é', '>', '-', '1', '.', '\u202E'),
    });
    const bare = (text: string) => text.replace(/[\s*_~`>\-1.]/g, '');
    fc.assert(fc.property(marked, (text) => expect(bare(plainText(text))).toBe(bare(text))));
  });

  it('reads 4,096 characters of any markup in less than a second', () => {
    const start = performance.now();
    for (const unit of ['*', '*a', '_*~', '*a ', '`', '```', '> ', '*_~a~_* ', '+1 ', 'www.', '```\n']) {
      readWhatsAppText(unit.repeat(4_096).slice(0, 4_096));
    }
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
