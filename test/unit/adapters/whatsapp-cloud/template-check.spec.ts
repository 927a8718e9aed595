import { describe, expect, it } from '@jest/globals';
import { templateIssues, unknownTemplateIssue } from '../../../../lib/adapters/whatsapp-cloud/template-check.js';
import type { Template } from '../../../../lib/index.js';

const BASE: Template = { name: 'reminder', language: 'pt_BR' };
const BODY = { type: 'BODY', text: 'Hello {{1}}, at {{2}}. Goodbye {{1}}.' };
const NAMED = { type: 'body', text: 'Hello {{ patient }}, at {{time}}.' };
const BUTTONS = {
  type: 'BUTTONS',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Confirm' },
    { type: 'URL', text: 'Site', url: 'https://example.com/{{1}}' },
    { type: 'COPY_CODE', text: 'Copy' },
    { type: 'FLOW', text: 'Form' },
    { type: 'URL', text: 'Home', url: 'https://example.com/' },
    { type: 'PHONE_NUMBER', text: 'Call' },
  ],
};
const BUTTON_VALUES: Template['buttons'] = [
  { type: 'reply', index: 0, payload: 'confirm' },
  { type: 'url', index: 1, suffix: '42' },
  { type: 'copy', index: 2, code: 'SAVE' },
  { type: 'flow', index: 3 },
];
const OTP = { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] };
const header = (format: string, text?: string) => ({ type: 'HEADER', format, text });
const link = 'https://example.com/a';

const pathsOf = (given: Partial<Template>, components: unknown[]) =>
  templateIssues({ ...BASE, ...given }, { status: 'APPROVED', components }).map(({ path }) => path);

describe('A template that fits the approved one', () => {
  it.each<[what: string, given: Partial<Template>, components: unknown[]]>([
    ['without variables', {}, [{ type: 'BODY', text: 'Hello' }]],
    ['with unknown components', {}, [{ type: 'LIMITED_TIME_OFFER' }, 'nonsense', null]],
    ['with values by position', { body: ['Ana', '10:00'] }, [BODY]],
    ['with values by name, in any order', { body: { time: '10:00', patient: 'Ana' } }, [NAMED]],
    ['with a text header', { header: { text: ['Ana'] } }, [header('TEXT', 'For {{1}}')]],
    ['with a fixed text header', {}, [header('TEXT', 'Reminder')]],
    ['with an image', { header: { image: link } }, [header('IMAGE')]],
    ['with a video', { header: { video: link } }, [header('video')]],
    ['with a document', { header: { document: { link } } }, [header('DOCUMENT')]],
    ['with a location, which has no values here', {}, [header('LOCATION')]],
    ['with every button', { buttons: BUTTON_VALUES }, [BUTTONS]],
    ['with the code of a one-time password', { buttons: [{ type: 'url', index: 0, suffix: '123456' }] }, [OTP]],
  ])('%s has no issues', (_what, given, components) => {
    expect(pathsOf(given, components)).toEqual([]);
  });
});

describe('A template that does not fit the approved one', () => {
  it.each<[what: string, given: Partial<Template>, components: unknown[], paths: string[]]>([
    ['values for a template without variables', { body: ['Ana'] }, [{ type: 'BODY', text: 'Hi' }], ['template.body']],
    ['no values', {}, [BODY], ['template.body']],
    ['too few values', { body: ['Ana'] }, [BODY], ['template.body']],
    ['names instead of positions', { body: { patient: 'Ana', time: '10' } }, [BODY], ['template.body']],
    ['positions instead of names', { body: ['Ana', '10:00'] }, [NAMED], ['template.body']],
    ['a wrong name', { body: { patient: 'Ana', hour: '10' } }, [NAMED], ['template.body']],
    ['an additional name', { body: { patient: 'Ana', time: '10', x: 'y' } }, [NAMED], ['template.body']],
    ['no text for the header', {}, [header('TEXT', 'For {{1}}')], ['template.header.text']],
    ['an image for a text header', { header: { image: link } }, [header('TEXT', 'Hi')], ['template.header']],
    ['an image without a header', { header: { image: link } }, [], ['template.header']],
    ['a video for an image', { header: { video: link } }, [header('IMAGE')], ['template.header.image']],
    ['a missing document', {}, [header('DOCUMENT')], ['template.header.document']],
    ['missing buttons', {}, [BUTTONS], ['template.buttons', 'template.buttons']],
    [
      'a button of another type',
      { buttons: [{ type: 'reply', index: 5, payload: 'x' }] },
      [{ type: 'BUTTONS', buttons: BUTTONS.buttons.map((button) => ({ ...button, type: 'PHONE_NUMBER' })) }],
      ['template.buttons[0].type'],
    ],
    [
      'a button that does not exist',
      { buttons: [{ type: 'reply', index: 0, payload: 'x' }] },
      [],
      ['template.buttons[0].type'],
    ],
  ])('reports %s', (_what, given, components, paths) => {
    expect(pathsOf(given, components)).toEqual(paths);
  });

  it.each(['PAUSED', 'REJECTED', 'DISABLED', 'PENDING'])('reports the status %s alone', (status) => {
    expect(templateIssues(BASE, { status, components: [BODY] })).toEqual([
      {
        path: 'template.name',
        rule: 'fitsTemplate',
        message: `template.name must be approved. Its status is ${status}`,
      },
    ]);
  });

  it('reports an unknown name, or the languages of a known one', () => {
    expect(unknownTemplateIssue(BASE, []).message).toBe(
      'template.name must be a template of the account. It has no reminder',
    );
    expect(unknownTemplateIssue(BASE, ['en', 'es']).message).toBe(
      'template.language must be a language of reminder: en, es. There is no pt_BR',
    );
  });
});
