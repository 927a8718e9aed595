import type { Button, TemplateButton } from 'nestjs-button-messaging';
import type {
  DraftButton,
  DraftHeader,
  DraftList,
  DraftRow,
  DraftSection,
  DraftTemplate,
  DraftTemplateButton,
  DraftValue,
} from './draft.js';

export function newButton(type: Button['type'], title = '', target = ''): DraftButton {
  return { key: crypto.randomUUID(), type, title, target };
}

export function newRow(title = '', description = '', id = ''): DraftRow {
  return { key: crypto.randomUUID(), title, description, id };
}

export function newSection(title = '', rows: readonly DraftRow[] = [newRow()]): DraftSection {
  return { key: crypto.randomUUID(), title, rows };
}

export function newValue(name = '', text = ''): DraftValue {
  return { key: crypto.randomUUID(), name, text };
}

/** Returns a template button at the first position that has none. */
export function newTemplateButton(
  type: TemplateButton['type'],
  existing: readonly DraftTemplateButton[] = [],
): DraftTemplateButton {
  const taken = new Set(existing.map(({ index }) => index));
  const index = existing.findIndex((_, place) => !taken.has(place));
  return { key: crypto.randomUUID(), type, index: index < 0 ? existing.length : index, title: '', value: '' };
}

/** Returns a header of a kind. */
export function newHeader(change: Partial<DraftHeader> = {}): DraftHeader {
  return { kind: 'none', text: '', link: '', filename: '', mediaId: '', mediaKind: 'image', ...change };
}

/** Returns a list with one row to fill in. */
export function newList(): DraftList {
  return { button: '', sections: [newSection()] };
}

export function newTemplate(change: Partial<DraftTemplate> = {}): DraftTemplate {
  return {
    name: '',
    language: '',
    header: newHeader(),
    headerValues: { by: 'position', values: [] },
    body: { by: 'name', values: [] },
    buttons: [],
    ...change,
  };
}
