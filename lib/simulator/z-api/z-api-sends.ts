import type { BodyCheck } from '../checks/body-check.js';
import { LINK, repeats } from '../checks/text-rules.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** The parsed body of an operation. Its issues are in the check. */
type ZApiReading = Pick<AcceptedMessage, 'to' | 'text' | 'buttons'>;

export type ZApiSend = (body: BodyCheck) => ZApiReading;

const RECIPIENT = {
  pattern: /^(?:\d+|\d+-group|\d+-\d+|\S+@lid|\S+-broadcast|\S+@newsletter)$/,
  expected: 'a number of digits only, a group, a lid, a broadcast or a newsletter',
};
const MEDIA = { pattern: /^(?:https?:\/\/\S+|data:[^,]+,.+)$/is, expected: 'a URL or data URI' };
const MAX_POLL_OPTIONS = 12;
const COPY_CODE_URL = /^https:\/\/www\.whatsapp\.com\/otp\/code\/\?(?=.*\botp_type=COPY_CODE\b)(?=.*\bcode=)/;

/** The operations that send, by the last part of their path. */
export const Z_API_SENDS: ReadonlyMap<string, ZApiSend> = new Map<string, ZApiSend>([
  ['send-button-actions', (body) => addressed(body, () => buttonActions(body))],
  ['send-button-list', (body) => addressed(body, () => buttonList(body.object('buttonList')))],
  ['send-option-list', (body) => addressed(body, () => optionList(body.object('optionList')))],
  ['send-button-otp', (body) => addressed(body, () => otp(body))],
  ['send-button-pix', pix],
  ['send-carousel', (body) => addressed(body, () => carousel(body))],
  ['send-poll', (body) => addressed(body, () => poll(body))],
  ['reply-button', (body) => buttonReply(body, 'responseButtonId')],
  ['reply-template-button', (body) => buttonReply(body, 'responseTemplateButtonId')],
  ['send-text', (body) => addressed(body, () => text(body))],
]);

function addressed(body: BodyCheck, buttons: () => SimulatedButton[]): ZApiReading {
  const to = body.text('phone', RECIPIENT);
  const message = body.text('message');
  body.optionalNumber('delayMessage', 1, 15);
  return { to, text: message, buttons: buttons() };
}

function buttonActions(body: BodyCheck): SimulatedButton[] {
  body.optionalText('title');
  body.optionalText('footer');
  body.optionalText('image', MEDIA);
  return body.objects('buttonActions').map(action);
}

function action(button: BodyCheck): SimulatedButton {
  const type = button.word('type', ['CALL', 'URL', 'REPLY']);
  const id = button.optionalText('id') ?? '';
  const title = button.text('label');
  if (type === 'CALL') {
    button.text('phone');
    return { id, title, type: 'call' };
  }
  if (type === 'URL') return { id, title, type: COPY_CODE_URL.test(button.text('url', LINK)) ? 'copy' : 'url' };
  return { id, title, type: 'reply' };
}

function buttonList(list: BodyCheck): SimulatedButton[] {
  list.optionalText('image', MEDIA);
  list.optionalText('video', MEDIA);
  if (list.has('image') && list.has('video')) list.addIssue('video', 'not-allowed', 'cannot be combined with an image');
  return list.objects('buttons').map((button) => ({
    id: button.optionalText('id') ?? '',
    title: button.text('label'),
    type: 'reply',
  }));
}

function optionList(list: BodyCheck): SimulatedButton[] {
  list.text('title');
  list.text('buttonLabel');
  return list.objects('options').map((option) => {
    option.optionalText('description');
    return { id: option.optionalText('id') ?? '', title: option.text('title'), type: 'option' };
  });
}

function otp(body: BodyCheck): SimulatedButton[] {
  body.text('code');
  body.optionalText('image', MEDIA);
  return [{ id: '', title: body.optionalText('buttonText') || 'Copiar código', type: 'copy' }];
}

function pix(body: BodyCheck): ZApiReading {
  const to = body.text('phone', RECIPIENT);
  body.text('pixKey');
  body.word('type', ['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP']);
  return { to, text: '', buttons: [{ id: '', title: body.optionalText('merchantName') || 'Pix', type: 'copy' }] };
}

function carousel(body: BodyCheck): SimulatedButton[] {
  return body.objects('carousel').flatMap((card) => {
    card.text('text');
    card.text('image', MEDIA);
    return card.has('buttons') ? card.objects('buttons').map(action) : [];
  });
}

/** The options of a poll are pressed like the rows of a list. */
function poll(body: BodyCheck): SimulatedButton[] {
  body.optionalNumber('pollMaxOptions', 0, MAX_POLL_OPTIONS);
  const names = body.objects('poll', MAX_POLL_OPTIONS).map((option) => option.text('name'));
  if (repeats(names)) body.addIssue('poll', 'not-allowed', 'must have options with different names');
  return names.map((title) => ({ id: '', title, type: 'option' }));
}

/** A press by the instance itself, which the other person sees as a text. */
function buttonReply(body: BodyCheck, idField: string): ZApiReading {
  const to = body.text('phone', RECIPIENT);
  body.text('messageId');
  return { to, text: body.text(idField), buttons: [] };
}

function text(body: BodyCheck): SimulatedButton[] {
  body.optionalNumber('delayTyping', 1, 15);
  body.optionalText('messageId');
  body.optionalText('editMessageId');
  body.optionalBoolean('privateAnswer');
  return [];
}
