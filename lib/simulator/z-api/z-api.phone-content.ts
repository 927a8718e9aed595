import { BodyCheck } from '../checks/body-check.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { phoneButtons, phoneSections } from '../phones/phone-buttons.js';
import type { PhoneCard, PhoneContent, PhoneHeader, PhoneList } from '../phones/phone-message.interface.js';

/** Returns what a phone shows of a Z-API message. */
export function zApiContent(message: AcceptedMessage): PhoneContent {
  const body = new BodyCheck(message.body);
  const { text } = message;
  switch (message.endpoint) {
    case 'send-button-actions': {
      const footer = body.optionalText('footer');
      const targets = body.objects('buttonActions').map(actionTarget);
      return {
        ...actionsHeader(body),
        text,
        ...(footer && { footer }),
        buttons: phoneButtons(message.buttons, targets),
      };
    }
    case 'send-button-list':
      return { ...mediaHeader(body.object('buttonList')), text, buttons: phoneButtons(message.buttons) };
    case 'send-option-list':
      return { text, buttons: [], list: optionList(message, body.object('optionList')) };
    case 'send-poll':
      return { text, buttons: [], list: pollList(message) };
    case 'send-button-otp':
      return { ...mediaHeader(body), text, buttons: phoneButtons(message.buttons, [body.text('code')]) };
    case 'send-button-pix':
      return pix(message, body);
    case 'send-carousel':
      return { text, buttons: [], cards: cards(message, body) };
    default:
      return { text, buttons: [] };
  }
}

function actionsHeader(body: BodyCheck): { header?: PhoneHeader } {
  const title = body.optionalText('title');
  const { header } = mediaHeader(body);
  if (!title) return header ? { header } : {};
  return { header: header && header.kind !== 'text' ? { ...header, title } : { kind: 'text', text: title } };
}

function mediaHeader(body: BodyCheck): { header?: PhoneHeader } {
  const image = body.optionalText('image');
  if (image) return { header: { kind: 'image', url: image } };
  const video = body.optionalText('video');
  return video ? { header: { kind: 'video', url: video } } : {};
}

function actionTarget(action: BodyCheck): string | undefined {
  const url = action.optionalText('url');
  if (url === undefined) return action.optionalText('phone');
  return (URL.canParse(url) && new URL(url).searchParams.get('code')) || url;
}

function optionList(message: AcceptedMessage, list: BodyCheck): PhoneList {
  const descriptions = list.objects('options').map((option) => option.optionalText('description'));
  return {
    button: list.text('buttonLabel'),
    title: list.text('title'),
    sections: phoneSections(message.buttons, [{ descriptions }]),
  };
}

/** Returns a poll in the form of a list, whose rows cast votes. */
function pollList({ buttons }: AcceptedMessage): PhoneList {
  const descriptions = buttons.map(() => undefined);
  return { button: 'Vote', sections: phoneSections(buttons, [{ descriptions }]) };
}

function pix(message: AcceptedMessage, body: BodyCheck): PhoneContent {
  const key = body.text('pixKey');
  const merchant = body.optionalText('merchantName') || 'Pix';
  const buttons = phoneButtons(message.buttons, [key]);
  return { text: '', buttons, pix: { merchant, key, keyType: body.text('type') } };
}

function cards(message: AcceptedMessage, body: BodyCheck): PhoneCard[] {
  let next = 0;
  return body.objects('carousel').map((card) => {
    const targets = card.has('buttons') ? card.objects('buttons').map(actionTarget) : [];
    const first = next;
    next += targets.length;
    const buttons = phoneButtons(message.buttons.slice(first, next), targets, first);
    return { header: { kind: 'image', url: card.text('image') }, text: card.text('text'), buttons };
  });
}
