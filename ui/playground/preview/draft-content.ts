import type {
  PhoneButton,
  PhoneContent,
  PhoneHeader,
  PhoneList,
} from '../../../lib/simulator/phones/phone-message.interface.js';
import { messageText } from '../client/message-text.js';
import type { Draft, DraftButton, DraftHeader, DraftList, DraftTemplateButton } from '../draft/draft.js';
import { messageOf } from '../draft/message-of-draft.js';

/** Returns what a phone would show of the draft. */
export function draftContent(draft: Draft): PhoneContent {
  const { text, header, footer, buttons, list, template } = draft;
  const around = { text, ...(footer !== '' && { footer }) };
  switch (draft.kind) {
    case 'buttons':
      return { ...around, ...shownHeader(header), buttons: buttons.map(shownButton) };
    case 'list':
      return {
        ...around,
        ...(header.kind === 'text' && shownHeader(header)),
        buttons: [],
        list: shownList(list),
      };
    case 'text':
      return { text, buttons: [] };
    case 'template':
      return {
        // Only the provider knows the text of a template's header.
        ...(template.header.kind !== 'text' && shownHeader(template.header)),
        text: messageText(messageOf(draft)),
        buttons: template.buttons.map(shownTemplateButton),
      };
  }
}

function shownHeader({ kind, text, link, mediaKind }: DraftHeader): { header?: PhoneHeader } {
  switch (kind) {
    case 'none':
      return {};
    case 'media':
      return { header: { kind: mediaKind } };
    case 'text':
      return text === '' ? {} : { header: { kind, text } };
    default:
      return link === '' ? {} : { header: { kind, url: link } };
  }
}

function shownButton({ type, title, target }: DraftButton, index: number): PhoneButton {
  // Phones show a call button as a link.
  const shown = type === 'call' ? `tel:${target}` : target;
  return { index, title: title || '…', type, ...(type !== 'reply' && { target: shown }) };
}

function shownTemplateButton({ type, title, value }: DraftTemplateButton, index: number): PhoneButton {
  const shownType = type === 'flow' ? 'url' : type;
  return { index, title: title || value || '…', type: shownType, ...(type === 'copy' && { target: value }) };
}

function shownList({ button, sections }: DraftList): PhoneList {
  let next = 0;
  return {
    button: button || '…',
    sections: sections.map((section) => ({
      ...(section.title !== '' && { title: section.title }),
      rows: section.rows.map(({ title, description }) => {
        const index = next;
        next += 1;
        return { index, title: title || '…', ...(description !== '' && { description }) };
      }),
    })),
  };
}
