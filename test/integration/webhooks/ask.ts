import type { ButtonMessage } from '../../../lib/index.js';
import { meta, metaMessage, metaPress, metaText, voltWords, zPress, zText } from './fixtures.js';

export const ANA = '5511987654321';

/** Builds a message with two reply buttons. */
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

/** Builds a message with two reply buttons and two links, which no provider supports natively. */
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

/** The differences between the providers in questions and replies. */
export interface Dialect {
  account: string;
  /** Ana's recipient. */
  to: ButtonMessage['to'];
  /** Ana types a text. */
  typed: (text: string, id?: string) => Record<string, unknown>;
  /** Ana presses a button, and the provider omits its id. */
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
