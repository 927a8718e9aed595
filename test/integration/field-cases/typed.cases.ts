import { voltAccepts, voltWords } from './chatvolt.bodies.js';
import type { AccountName, Call, FieldCase, Fields, Hook, Rule } from './field-case.js';
import { answered, ask, question, questionTo, reply, send } from './messages.js';
import { cloudAccepts, cloudText } from './whatsapp-cloud.bodies.js';
import { zAccepts, zText } from './z-api.bodies.js';

const BUTTONS = [reply('yes', 'Sim'), reply('no', 'Não'), reply('later', 'Mais tarde')];

interface Dialect {
  account: AccountName;
  to?: unknown;
  accepts: Rule;
  typed: (text: string) => Hook;
}

const DIALECTS: Dialect[] = [
  { account: 'sales', accepts: zAccepts(90), typed: zText },
  { account: 'support', to: { conversation: 'conv-1' }, accepts: voltAccepts('cm-90'), typed: voltWords },
  { account: 'official', accepts: cloudAccepts('wamid.O90'), typed: cloudText },
];

const SIGNS = 'Typed replies are compared without accents, punctuation, emoji and formatting marks at the ends';

function played(
  id: string,
  index: number,
  buttons: Fields[],
  call: (message: Fields, options: Fields) => Call,
  text: string,
) {
  const { account, to, accepts, typed } = DIALECTS[index % DIALECTS.length] ?? DIALECTS[0] ?? unreachable();
  const message = question({ text: 'Confirma?', buttons, ...(to !== undefined && { to }) });
  return { id, source: SIGNS, sentBefore: [answered(call(message, { account }), accepts)], webhook: [typed(text)] };
}

const means = (id: string, index: number, text: string, button: string, buttons = BUTTONS): FieldCase => ({
  ...played(id, index, buttons, ask, text),
  what: `matches ${JSON.stringify(text)} typed after a question to ${button}`,
  expect: { ask: button, events: [{ kind: 'button-reply', button: { id: button }, sent: 0 }] },
});

const meansNothing = (id: string, index: number, text: string, buttons = BUTTONS): FieldCase => ({
  ...played(id, index, buttons, ask, text),
  what: `matches no button to ${JSON.stringify(text)} typed after a question`,
  expect: { ask: 'open', events: [{ kind: 'text-message', text }], none: ['button-reply'] },
});

const ANSWERS: [id: string, text: string, button: string][] = [
  ['stop', '1.', 'yes'],
  ['bracket', '2)', 'no'],
  ['brackets', '(3)', 'later'],
  ['bold-number', '*1*', 'yes'],
  ['italic-number', '_2_', 'no'],
  ['struck-number', '~3~', 'later'],
  ['keycap', '1️⃣', 'yes'],
  ['keycap-without-variation', '2\u20e3', 'no'],
  ['spaces', '  3  ', 'later'],
  ['quotes', '"Sim"', 'yes'],
  ['curly-quotes', '“Não”', 'no'],
  ['guillemets', '«mais tarde»', 'later'],
  ['exclamations', 'SIM!!!', 'yes'],
  ['no-tilde', 'nao', 'no'],
  ['decomposed', 'Na\u0303o', 'no'],
  ['ellipsis', 'Mais tarde…', 'later'],
  ['inverted', '¡Sim!', 'yes'],
  ['emoji-before', '✅ Não', 'no'],
  ['emoji-with-skin', 'mais tarde 👍🏽', 'later'],
  ['code', '`sim`', 'yes'],
  ['bold-and-question', '*não*?', 'no'],
  ['two-spaces', 'mais  tarde', 'later'],
];

const NO_ANSWERS: [id: string, text: string][] = [
  ['sentence', 'sim, mas só amanhã'],
  ['thumb', '👍'],
  ['two-emoji', '🙏🙏'],
  ['too-high', '4'],
  ['twelve', '12'],
  ['dots', '...'],
  ['question-mark', '?'],
  ['one-or-two', '1 ou 2'],
  ['longer-word', 'simples'],
  ['both-titles', 'Sim Não'],
];

const BLOOD = [reply('positive', 'A+'), reply('negative', 'A-'), reply('other', 'Outro')];
const WITH_KEYCAPS = [reply('yes', '1️⃣ Sim'), reply('no', '2️⃣ Não')];
const ARABIC = [reply('yes', 'نعم'), reply('no', 'لا')];
const FAMILY = [reply('grandmother', 'Avó'), reply('grandfather', 'Avô')];

const afterPlainButtons = (id: string, index: number, text: string): FieldCase => ({
  ...played(id, index, BUTTONS, send, text),
  what: `matches no button to ${JSON.stringify(text)} typed after buttons without numbers`,
  source: 'By number only after a numbered text or a question',
  expect: { events: [{ kind: 'text-message', text }], none: ['button-reply'] },
});

export const typedCases: FieldCase[] = [
  ...ANSWERS.map(([id, text, button], index) => means(`typed-${id}`, index, text, button)),
  ...NO_ANSWERS.map(([id, text], index) => meansNothing(`typed-none-${id}`, index, text)),
  means('typed-sign-of-the-title', 0, 'a+', 'positive', BLOOD),
  means('typed-other-sign-of-the-title', 2, 'a-', 'negative', BLOOD),
  meansNothing('typed-without-the-sign', 0, 'a', BLOOD),
  means('typed-without-the-keycap', 1, 'não', 'no', WITH_KEYCAPS),
  means('typed-with-the-keycap', 2, '1️⃣ sim', 'yes', WITH_KEYCAPS),
  means('typed-arabic-digit', 0, '٢', 'no', ARABIC),
  means('typed-between-marks', 2, '\u200fنعم\u200f', 'yes', ARABIC),
  meansNothing('typed-two-titles-but-for-accents', 0, 'avo', FAMILY),
  meansNothing('typed-two-titles-but-for-accents-and-signs', 2, '*AVO*!', FAMILY),
  afterPlainButtons('typed-number-of-nothing', 0, '1'),
  afterPlainButtons('typed-keycap-of-nothing', 2, '1️⃣'),
  {
    id: 'typed-after-numbered-text',
    what: 'matches a keycap after a numbered text',
    source: SIGNS,
    sentBefore: [
      answered(send(questionTo({ conversation: 'conv-1' }), { account: 'support' }), voltAccepts('cm-91')),
      answered(
        send(
          question({
            to: { conversation: 'conv-1' },
            buttons: [...BUTTONS, { type: 'call', title: 'Call', phone: '+551140000000' }],
          }),
          { account: 'support', fallback: 'text' },
        ),
        voltAccepts('cm-92'),
      ),
    ],
    webhook: [voltWords('2️⃣')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'no' }, typed: true, sent: 1 }] },
  },
];

function unreachable(): never {
  throw new Error('There is a dialect of each account');
}
