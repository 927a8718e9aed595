import type { Draft, DraftButton } from './draft.js';

export type ExampleName = 'appointment' | 'order' | 'faults' | 'mixture';

/** What is written in the examples, in a language. */
export interface ExampleWords {
  readonly clinic: string;
  readonly appointment: string;
  readonly answerBy: string;
  readonly confirm: string;
  readonly reschedule: string;
  readonly order: string;
  readonly shop: string;
  readonly track: string;
  readonly faulty: string;
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

/** Drafts to begin with. */
export function exampleDraft(name: ExampleName, words: ExampleWords): Draft {
  switch (name) {
    case 'appointment':
      return {
        ...plain,
        to: '+55 11 98888-0001',
        headerKind: 'text',
        header: words.clinic,
        text: words.appointment,
        footer: words.answerBy,
        buttons: buttons(['reply', words.confirm, 'confirm'], ['reply', words.reschedule, 'reschedule']),
        lateText: true,
      };
    case 'order':
      return {
        ...plain,
        to: '+55 21 97777-0002',
        headerKind: 'image',
        header: new URL('order.svg', window.location.href).href,
        text: words.order,
        footer: words.shop,
        buttons: buttons(['url', words.track, 'https://example.com/orders/1042']),
        account: 'whatsapp-cloud',
      };
    case 'faults':
      return {
        ...plain,
        to: '12345',
        headerKind: 'image',
        header: 'photo.png',
        text: words.faulty,
        buttons: buttons(
          ['reply', words.tooLong, 'yes'],
          ['reply', words.confirm, 'yes'],
          ['url', words.track, 'example.com'],
          ['call', '', '0800'],
        ),
      };
    case 'mixture':
      return {
        ...plain,
        to: '+55 31 96666-0003',
        text: words.mixture,
        buttons: buttons(
          ['url', words.pay, 'https://example.com/invoices/77'],
          ['reply', words.talk, 'talk'],
          ['call', words.callUs, '+55 11 3333-4444'],
        ),
        split: true,
        asText: true,
      };
  }
}

function buttons(...written: [type: DraftButton['type'], title: string, target: string][]): DraftButton[] {
  return written.map(([type, title, target]) => ({ key: crypto.randomUUID(), type, title, target }));
}
