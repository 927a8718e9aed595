import type {
  Button,
  DocumentHeader,
  ListRow,
  Message,
  MessageHeader,
  TemplateButton,
  TemplateHeader,
  TemplateParameters,
} from 'nestjs-button-messaging';
import type {
  Draft,
  DraftButton,
  DraftHeader,
  DraftRow,
  DraftTemplate,
  DraftTemplateButton,
  DraftValues,
} from './draft.js';

/** Returns the message of a draft, which may be invalid. Empty optional fields are left out. */
export function messageOf(draft: Draft): Message {
  const { to, text, header, list, template } = draft;
  const footer = draft.footer === '' ? {} : { footer: draft.footer };
  switch (draft.kind) {
    case 'buttons':
      return { to, text, ...headerOf(header), ...footer, buttons: draft.buttons.map(buttonOf) };
    case 'list': {
      const title = header.kind === 'text' ? { header: { text: header.text } } : {};
      const sections = list.sections.map((section) => ({
        ...(section.title !== '' && { title: section.title }),
        rows: section.rows.map(rowOf),
      }));
      return { to, text, ...title, ...footer, list: { button: list.button, sections } };
    }
    case 'text':
      return { to, text };
    case 'template':
      return { to, template: templateOf(template), ...(text !== '' && { text }) };
  }
}

function headerOf(header: DraftHeader): { header?: MessageHeader } {
  switch (header.kind) {
    case 'none':
      return {};
    case 'text':
      return { header: { text: header.text } };
    case 'image':
      return { header: { image: header.link } };
    case 'video':
      return { header: { video: header.link } };
    case 'document':
      return { header: { document: documentOf(header) } };
    case 'media':
      return { header: { mediaId: header.mediaId, kind: header.mediaKind } };
  }
}

function documentOf({ link, filename }: DraftHeader): DocumentHeader {
  return { link, ...(filename !== '' && { filename }) };
}

function buttonOf({ type, title, target }: DraftButton): Button {
  switch (type) {
    case 'reply':
      return { type, id: target, title };
    case 'url':
      return { type, title, url: target };
    case 'call':
      return { type, title, phone: target };
    case 'copy':
      return { type, title, code: target };
  }
}

function rowOf({ id, title, description }: DraftRow): ListRow {
  return { id, title, ...(description !== '' && { description }) };
}

function templateOf({ name, language, header, headerValues, body, buttons }: DraftTemplate) {
  return {
    name,
    language,
    ...templateHeaderOf(header, headerValues),
    ...(body.values.length > 0 && { body: parametersOf(body) }),
    ...(buttons.length > 0 && { buttons: buttons.map(templateButtonOf) }),
  };
}

function templateHeaderOf(header: DraftHeader, values: DraftValues): { header?: TemplateHeader } {
  switch (header.kind) {
    case 'none':
    case 'media':
      return {};
    case 'text':
      return { header: { text: parametersOf(values) } };
    case 'image':
      return { header: { image: header.link } };
    case 'video':
      return { header: { video: header.link } };
    case 'document':
      return { header: { document: documentOf(header) } };
  }
}

function parametersOf({ by, values }: DraftValues): TemplateParameters {
  if (by === 'position') return values.map(({ text }) => text);
  return Object.fromEntries(values.map(({ name, text }) => [name, text]));
}

function templateButtonOf({ type, index, title, value }: DraftTemplateButton): TemplateButton {
  switch (type) {
    case 'reply':
      return { type, index, payload: value, ...(title !== '' && { title }) };
    case 'url':
      return { type, index, suffix: value };
    case 'copy':
      return { type, index, code: value };
    case 'flow':
      return { type, index, ...(value !== '' && { token: value }) };
  }
}
