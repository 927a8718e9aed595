import type { ButtonMessage } from '../../../lib/index.js';
import { meta, metaMessage, metaPress, metaText, voltWords, zPress, zText } from './fixtures.js';

export const ANA = '5511987654321';

/** Two choices for somebody. */
export function question(to: ButtonMessage['to'] = ANA, text = 'Where to?'): ButtonMessage {
  return {
    to,
    text,
    buttons: [
      { type: 'reply', id: 'sales', title: 'Sales' },
      { type: 'reply', id: 'help', title: 'Support' },
    ],
  };
}

/** Two choices and two links, which no provider carries as they are. */
export function mixedQuestion(to: ButtonMessage['to'] = ANA): ButtonMessage {
  return {
    ...question(to),
    buttons: [
      ...question().buttons,
      { type: 'url', title: 'Our site', url: 'https://example.com/a' },
      { type: 'url', title: 'Our shop', url: 'https://example.com/b' },
    ],
  };
}

/** What differs between the providers in asking and answering. */
export interface Dialect {
  account: string;
  /** How Ana is addressed. */
  to: ButtonMessage['to'];
  /** Ana types. */
  typed: (text: string, id?: string) => Record<string, unknown>;
  /** Ana presses a button whose id is not told. */
  bare: (title: string, id?: string) => Record<string, unknown>;
}

export const DIALECTS: Record<'z-api' | 'chatvolt' | 'whatsapp-cloud', Dialect> = {
  'z-api': {
    account: 'z',
    to: ANA,
    typed: (text, id = 'A1') => zText(text, { phone: ANA, messageId: id }),
    bare: (title, id = 'A1') => {
      const more = { phone: ANA, messageId: id, referenceMessageId: undefined };
      return zPress({ ...more, buttonsResponseMessage: { buttonId: '', message: title } });
    },
  },
  chatvolt: {
    account: 'c',
    to: { conversation: 'conv-ana' },
    typed: (text, id = 'A1') => voltWords(text, { conversationId: 'conv-ana', userPhone: ANA, messageId: id }),
    bare: (title, id = 'A1') => voltWords(title, { conversationId: 'conv-ana', userPhone: ANA, messageId: id }),
  },
  'whatsapp-cloud': {
    account: 'w',
    to: ANA,
    typed: (text, id = 'A1') => meta([metaText(text, { from: ANA, id })]),
    bare: (title, id = 'A1') =>
      meta([metaPress('', title, { from: ANA, id, context: undefined }), metaMessage({ type: 'unsupported' })]),
  },
};
