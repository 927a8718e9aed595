import { BodyCheck } from '../checks/body-check.js';
import type {
  AnswerOptions,
  DeliverOptions,
  InboundContent,
  InboundEnvelope,
  InboundMessage,
  WebhookOptions,
} from '../inbound/inbound.interface.js';
import { isJsonObject } from '../json.js';
import type { NewSimulatedPerson } from '../people/person.interface.js';

const MEDIA_TYPES = ['image', 'video', 'audio', 'document', 'sticker'] as const;
const OTHER_TYPES = [
  'text',
  'press',
  'reaction',
  'edit',
  'revoke',
  'poll-vote',
  'location',
  'contact',
  'flow',
  'waiting',
  'unsupported',
  'changed-number',
  'changed-user-id',
  'other',
] as const;

/** Parses a person's message. Its issues are in the check. */
export function readInbound(given: BodyCheck): InboundMessage {
  return { ...readEnvelope(given), ...readContent(given) };
}

/** Parses where and how a message is sent. */
export function readEnvelope(given: BodyCheck): InboundEnvelope {
  const from = readPerson(given, 'from');
  if (from === undefined) given.addIssue('from', 'missing', 'is required');
  const [group, newsletter, channel, quoting] = ['group', 'newsletter', 'channel', 'quoting'].map((name) =>
    given.optionalText(name),
  );
  const messageId = readMessageId(given);
  const storyReply = given.optionalBoolean('storyReply');
  return {
    from: from ?? '',
    ...(group !== undefined && { group }),
    ...(newsletter !== undefined && { newsletter }),
    ...(channel !== undefined && { channel }),
    ...(quoting !== undefined && { quoting }),
    ...(messageId !== undefined && { messageId }),
    ...(storyReply !== undefined && { storyReply }),
  };
}

function readContent(given: BodyCheck): InboundContent {
  const type = given.word('type', [...OTHER_TYPES, ...MEDIA_TYPES]) ?? 'text';
  switch (type) {
    case 'text':
      return { type, text: given.text('text') };
    case 'press': {
      const kind = given.has('kind') ? given.word('kind', ['reply', 'option', 'template']) : undefined;
      return { type, id: given.optionalText('id') ?? '', title: given.text('title'), ...(kind && { kind }) };
    }
    case 'reaction':
      return { type, of: given.text('of'), emoji: given.optionalText('emoji') ?? '' };
    case 'edit':
      return { type, of: given.text('of'), text: given.text('text') };
    case 'revoke':
      return { type, of: given.text('of') };
    case 'poll-vote':
      return { type, of: given.text('of'), options: given.texts('options') };
    case 'location':
      return { type, latitude: given.number('latitude'), longitude: given.number('longitude') };
    case 'contact':
      return { type, name: given.text('name'), phone: given.text('phone') };
    case 'flow': {
      const name = given.optionalText('name');
      return { type, response: given.json('response'), ...(name !== undefined && { name }) };
    }
    case 'waiting':
    case 'unsupported':
      return { type };
    case 'changed-number':
      return { type, phone: given.text('phone', { pattern: /^\d+$/, expected: 'digits' }) };
    case 'changed-user-id': {
      const as = given.has('as') ? given.word('as', ['field', 'message']) : undefined;
      return { type, userId: given.text('userId'), ...(as && { as }) };
    }
    case 'other':
      return { type, fields: given.json('fields') };
    default:
      return { type, ...readFile(given) };
  }
}

function readFile(given: BodyCheck) {
  const [caption, url, mimeType, filename] = ['caption', 'url', 'mimeType', 'filename'].map((name) =>
    given.optionalText(name),
  );
  return {
    ...(caption !== undefined && { caption }),
    ...(url !== undefined && { url }),
    ...(mimeType !== undefined && { mimeType }),
    ...(filename !== undefined && { filename }),
  };
}

/** Parses the options of a webhook. */
export function readWebhookOptions(given: BodyCheck | undefined): WebhookOptions {
  if (!given) return {};
  const times = given.optionalNumber('times', 1, 1_000);
  const heardBy = given.optionalText('heardBy');
  const fields = given.optionalJson('fields');
  const gzip = given.optionalBoolean('gzip');
  return {
    ...(times !== undefined && { times }),
    ...(heardBy !== undefined && { heardBy }),
    ...(fields !== undefined && { fields }),
    ...(gzip !== undefined && { gzip }),
  };
}

/** Parses the options of a reply. */
export function readAnswerOptions(given: BodyCheck | undefined): AnswerOptions {
  if (!given) return {};
  const by = readPerson(given, 'by');
  const messageId = readMessageId(given);
  return {
    ...readWebhookOptions(given),
    ...(by !== undefined && { by }),
    ...(messageId !== undefined && { messageId }),
  };
}

/** Parses the options of a status. */
export function readDeliverOptions(given: BodyCheck | undefined): DeliverOptions {
  if (!given) return {};
  const ids = given.has('ids') ? given.word('ids', ['both', 'zaap-id-twice', 'zaap-id-alone']) : undefined;
  const type = given.has('type') ? given.word('type', ['message', 'payment', 'call']) : undefined;
  const byQueue = given.optionalBoolean('byQueue');
  const participant = given.optionalText('participant');
  return {
    ...readWebhookOptions(given),
    ...(ids && { ids }),
    ...(type && { type }),
    ...(byQueue !== undefined && { byQueue }),
    ...(participant !== undefined && { participant }),
  };
}

/** Reads an address, or the description of a person, which the store validates. */
function readPerson(given: BodyCheck, name: string): string | NewSimulatedPerson | undefined {
  const value = given.value(name);
  return isJsonObject(value) ? value : given.optionalText(name);
}

function readMessageId(given: BodyCheck): string | null | undefined {
  return given.value('messageId') === null ? null : given.optionalText('messageId');
}
