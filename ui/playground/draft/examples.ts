import type { Draft, DraftButton } from './draft.js';
import { newButton, newHeader, newList, newRow, newSection, newTemplate, newValue } from './new-parts.js';

export type ExampleName = 'appointment' | 'times' | 'thanks' | 'reminder' | 'order' | 'issues' | 'mixture';

/** The texts of the examples in one language. */
export interface ExampleTexts {
  readonly clinic: string;
  readonly appointment: string;
  readonly answerBy: string;
  readonly confirm: string;
  readonly reschedule: string;
  readonly chooseTime: string;
  readonly times: string;
  readonly day: string;
  readonly doctor: string;
  readonly otherDoctor: string;
  readonly thanks: string;
  readonly language: string;
  readonly reminder: string;
  readonly order: string;
  readonly shop: string;
  readonly track: string;
  readonly invalid: string;
  readonly tooLong: string;
  readonly mixture: string;
  readonly pay: string;
  readonly talk: string;
  readonly callUs: string;
}

/** Returns an example. */
export function exampleDraft(name: ExampleName, texts: ExampleTexts): Draft {
  switch (name) {
    case 'appointment':
      return {
        ...plain(),
        to: '+55 11 98888-0001',
        header: newHeader({ kind: 'text', text: texts.clinic }),
        text: texts.appointment,
        footer: texts.answerBy,
        buttons: buttons(['reply', texts.confirm, 'confirm'], ['reply', texts.reschedule, 'reschedule']),
        lateText: true,
      };
    case 'times':
      return { ...plain(), ...timesDraft(texts) };
    case 'thanks':
      return { ...plain(), kind: 'text', to: '+55 11 98888-0001', text: texts.thanks };
    case 'reminder':
      return { ...plain(), ...reminderDraft(texts) };
    case 'order':
      return {
        ...plain(),
        to: '+55 21 97777-0002',
        header: newHeader({ kind: 'image', link: new URL('order.svg', window.location.href).href }),
        text: texts.order,
        footer: texts.shop,
        buttons: buttons(['url', texts.track, 'https://example.com/orders/1042']),
        account: 'whatsapp-cloud',
      };
    case 'issues':
      return {
        ...plain(),
        to: '12345',
        header: newHeader({ kind: 'image', link: 'photo.png' }),
        text: texts.invalid,
        buttons: buttons(
          ['reply', texts.tooLong, 'yes'],
          ['reply', texts.confirm, 'yes'],
          ['url', texts.track, 'example.com'],
          ['call', '', '0800'],
        ),
      };
    case 'mixture':
      return {
        ...plain(),
        to: '+55 31 96666-0003',
        text: texts.mixture,
        buttons: buttons(
          ['url', texts.pay, 'https://example.com/invoices/77'],
          ['reply', texts.talk, 'talk'],
          ['call', texts.callUs, '+55 11 3333-4444'],
        ),
        split: true,
        asText: true,
      };
  }
}

/** Returns a draft without content. */
function plain(): Draft {
  return {
    kind: 'buttons',
    to: '',
    text: '',
    header: newHeader(),
    footer: '',
    buttons: [],
    list: newList(),
    template: newTemplate(),
    account: 'z-api',
    by: 'send',
    split: false,
    asText: false,
    lateText: false,
    quotes: false,
  };
}

/** A list that every provider supports: one section, and no footer. */
function timesDraft(texts: ExampleTexts): Partial<Draft> {
  const rows = [
    newRow('9:00', texts.doctor, '9-00'),
    newRow('10:30', texts.doctor, '10-30'),
    newRow('14:00', texts.otherDoctor, '14-00'),
  ];
  return {
    kind: 'list',
    to: '+55 11 98888-0001',
    header: newHeader({ kind: 'text', text: texts.clinic }),
    text: texts.times,
    list: { button: texts.chooseTime, sections: [newSection(texts.day, rows)] },
  };
}

/** A template with named values, which Chatvolt requires. Z-API gets its text. */
function reminderDraft(texts: ExampleTexts): Partial<Draft> {
  return {
    kind: 'template',
    to: '+55 11 98888-0004',
    text: texts.reminder,
    template: newTemplate({
      name: 'appointment_reminder',
      language: texts.language,
      body: { by: 'name', values: [newValue('patient', 'Ana'), newValue('time', '10:00')] },
      buttons: [{ key: crypto.randomUUID(), type: 'reply', index: 0, title: texts.confirm, value: 'confirm' }],
    }),
    account: 'whatsapp-cloud',
    asText: true,
  };
}

function buttons(...written: [type: DraftButton['type'], title: string, target: string][]): DraftButton[] {
  return written.map(([type, title, target]) => newButton(type, title, target));
}
