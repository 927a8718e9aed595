import { type FakeProvider, type FakeResponse, type ReceivedRequest } from './fake-provider.js';

/** An entry of Chatvolt's list of conversations, as its OpenAPI has it. */
export interface ListEntry {
  id: string;
  createdAt: string;
  agentId: string;
  channel: unknown;
  channelExternalId: string | null;
  whatsappChatLid: string | null;
  isGroup: boolean;
  blocked: boolean;
  participantsContacts: object[];
}

let entries = 0;

/** A conversation on WhatsApp, another and an older one for each call, with these fields in place of its own. */
export function listEntry(channelExternalId: string | null, given: Partial<ListEntry> = {}): ListEntry {
  entries += 1;
  return {
    id: `conv-${entries}`,
    createdAt: new Date(Date.UTC(2026, 9, 1) - entries * 60_000).toISOString(),
    agentId: 'agent-123',
    channel: 'whatsapp',
    channelExternalId,
    whatsappChatLid: null,
    isGroup: false,
    blocked: false,
    participantsContacts: [],
    ...given,
  };
}

/** Plays Chatvolt: its list of conversations, newest first by cursor, and sends into those that it has. */
export class ConversationList {
  readonly reads: URLSearchParams[] = [];
  readonly sends: ReceivedRequest[] = [];
  /** Conversations that a send does not find. */
  readonly gone = new Set<string>();
  /** The server may give fewer than it is asked for. */
  cap = 100;

  constructor(
    server: FakeProvider,
    public entries: ListEntry[] = [],
  ) {
    server.always((request, response) => {
      const { status = 200, body } = this.answer(request);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  private answer(request: ReceivedRequest): Extract<FakeResponse, object> & { status?: number; body?: unknown } {
    if (request.method === 'GET') return this.page(new URL(request.url, 'http://localhost').searchParams);
    this.sends.push(request);
    const body: unknown = JSON.parse(request.body);
    const conversation = typeof body === 'object' && body !== null && 'conversationId' in body && body.conversationId;
    const named = typeof conversation === 'string' ? conversation : (request.url.split('/').at(-1) ?? '');
    if (this.gone.has(named)) return { status: 404, body: { error: 'NOT_FOUND' } };
    return { body: { success: true, message: { id: `m-${this.sends.length}` } } };
  }

  private page(query: URLSearchParams): { status?: number; body: unknown } {
    this.reads.push(query);
    const cursor: unknown = JSON.parse(query.get('cursor') ?? '{}');
    const lastId = typeof cursor === 'object' && cursor !== null && 'lastId' in cursor ? cursor.lastId : undefined;
    const last = this.entries.findIndex(({ id }) => id === lastId);
    if (lastId !== undefined && last < 0) return { status: 400, body: { error: 'error invalid request body' } };
    return { body: this.entries.slice(last + 1, last + 1 + Math.min(this.cap, Number(query.get('limit') ?? 25))) };
  }
}
