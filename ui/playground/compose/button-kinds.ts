import { Copy, Link, Phone, Reply } from 'lucide';
import type { DraftButton } from '../draft/draft.js';

export const kindsOfButton = ['reply', 'url', 'call', 'copy'] as const satisfies DraftButton['type'][];
export const kindDrawings = { reply: Reply, url: Link, call: Phone, copy: Copy } as const;
