import type { Draft, DraftButton } from './draft.js';

export type ExampleName = 'appointment' | 'order' | 'issues' | 'mixture';

/** The texts of the examples in one language. */
export interface ExampleTexts {
  readonly clinic: string;
  readonly appointment: string;
  readonly answerBy: string;
  readonly confirm: string;
  readonly reschedule: string;
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

const plain = {
  headerKind: 'none',
  header: '',
  footer: '',
  account: 'z-api',
  by: 'send',
  split: false,
  asText: false,
  lateText: false,
} as const;

/** Returns an example. */
export function exampleDraft(name: ExampleName, texts: ExampleTexts): Draft {
  switch (name) {
    case 'appointment':
      return {
        ...plain,
        to: '+55 11 98888-0001',
        headerKind: 'text',
        header: texts.clinic,
        text: texts.appointment,
        footer: texts.answerBy,
        buttons: buttons(['reply', texts.confirm, 'confirm'], ['reply', texts.reschedule, 'reschedule']),
        lateText: true,
      };
    case 'order':
      return {
        ...plain,
        to: '+55 21 97777-0002',
        headerKind: 'image',
        header: new URL('order.svg', window.location.href).href,
        text: texts.order,
        footer: texts.shop,
        buttons: buttons(['url', texts.track, 'https://example.com/orders/1042']),
        account: 'whatsapp-cloud',
      };
    case 'issues':
      return {
        ...plain,
        to: '12345',
        headerKind: 'image',
        header: 'photo.png',
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
        ...plain,
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

function buttons(...written: [type: DraftButton['type'], title: string, target: string][]): DraftButton[] {
  return written.map(([type, title, target]) => ({ key: crypto.randomUUID(), type, title, target }));
}
