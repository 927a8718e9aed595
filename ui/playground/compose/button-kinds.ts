import { Copy, Link, Phone, Reply, Workflow } from 'lucide';
import type { DraftButton, DraftTemplateButton } from '../draft/draft.js';

export const kindsOfButton = ['reply', 'url', 'call', 'copy'] as const satisfies DraftButton['type'][];
export const kindDrawings = { reply: Reply, url: Link, call: Phone, copy: Copy } as const;

export const kindsOfTemplateButton = ['reply', 'url', 'copy', 'flow'] as const satisfies DraftTemplateButton['type'][];
export const templateKindDrawings = { reply: Reply, url: Link, copy: Copy, flow: Workflow } as const;

/** The field of a message that contains a button's target, by button type. */
export const buttonTargets = { reply: 'id', url: 'url', call: 'phone', copy: 'code' } as const satisfies Record<
  DraftButton['type'],
  string
>;

/** The field of a message that contains the value of a template's button, by button type. */
export const templateButtonValues = {
  reply: 'payload',
  url: 'suffix',
  copy: 'code',
  flow: 'token',
} as const satisfies Record<DraftTemplateButton['type'], string>;
