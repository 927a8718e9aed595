import { BodyCheck } from '../checks/body-check.js';
import type {
  AnswerOptions,
  DeliverOptions,
  InboundContent,
  InboundEnvelope,
  InboundMessage,
  ReplyContent,
  ReplyOptions,
  WebhookOptions,
} from '../inbound/inbound.interface.js';
import { isJsonObject, withoutUndefined } from '../json.js';
import type { NewSimulatedPerson } from '../people/person.interface.js';

const REPLIES: Readonly<Record<ReplyContent['type'], (given: BodyCheck) => ReplyContent>> = {
  reaction: (given) => ({ type: 'reaction', of: given.text('of'), emoji: given.optionalText('emoji') ?? '' }),
  edit: (given) => ({ type: 'edit', of: given.text('of'), text: given.text('text') }),
  revoke: (given) => ({ type: 'revoke', of: given.text('of') }),
  'poll-vote': (given) => ({ type: 'poll-vote', of: given.text('of'), options: given.texts('options') }),
  location: (given) => ({
    type: 'location',
    latitude: given.number('latitude'),
    longitude: given.number('longitude'),
  }),
  contact: (given) => ({ type: 'contact', name: given.text('name'), phone: given.text('phone') }),
  flow: (given) => ({ type: 'flow', ...given.optionalTexts('name'), response: given.json('response') }),
  'call-permission': (given) =>
    withoutUndefined({
      type: 'call-permission',
      response: given.word('response', ['accept', 'reject']) ?? 'reject',
      permanent: given.optionalBoolean('permanent'),
    }),
  unsupported: () => ({ type: 'unsupported' }),
  other: (given) => ({ type: 'other', fields: given.json('fields') }),
  image: (given) => ({ type: 'image', ...readFile(given) }),
  video: (given) => ({ type: 'video', ...readFile(given) }),
  audio: (given) => ({ type: 'audio', ...readFile(given) }),
  document: (given) => ({ type: 'document', ...readFile(given) }),
  sticker: (given) => ({ type: 'sticker', ...readFile(given) }),
};

const CONTENTS: Readonly<Record<InboundContent['type'], (given: BodyCheck) => InboundContent>> = {
  ...REPLIES,
  text: (given) => ({ type: 'text', text: given.text('text') }),
  press: (given) =>
    withoutUndefined({
      type: 'press',
      kind: given.optionalWord('kind', ['reply', 'option', 'template']),
      id: given.optionalText('id') ?? '',
      title: given.text('title'),
    }),
  waiting: () => ({ type: 'waiting' }),
  'changed-number': (given) => ({
    type: 'changed-number',
    phone: given.text('phone', { pattern: /^\d+$/, expected: 'digits' }),
  }),
  'changed-user-id': (given) =>
    withoutUndefined({
      type: 'changed-user-id',
      as: given.optionalWord('as', ['field', 'message']),
      userId: given.text('userId'),
    }),
};

/** Parses the content of a reply. Its issues are in the check. */
export function readReply(given: BodyCheck): ReplyContent {
  return given.entry('type', REPLIES)?.(given) ?? { type: 'unsupported' };
}

/** Parses a person's message. Its issues are in the check. */
export function readInbound(given: BodyCheck): InboundMessage {
  const envelope = readEnvelope(given);
  const content = given.entry('type', CONTENTS)?.(given) ?? { type: 'waiting' };
  return { ...envelope, ...content };
}

/** Parses where and how a message is sent. */
export function readEnvelope(given: BodyCheck): InboundEnvelope {
  const from = readPerson(given, 'from');
  if (from === undefined) given.addIssue('from', 'missing', 'is required');
  return withoutUndefined({
    from: from ?? '',
    ...given.optionalTexts('group', 'newsletter', 'channel', 'quoting'),
    messageId: readMessageId(given),
    storyReply: given.optionalBoolean('storyReply'),
  });
}

function readFile(given: BodyCheck) {
  return given.optionalTexts('caption', 'url', 'mimeType', 'filename');
}

/** Parses the options of a webhook. */
export function readWebhookOptions(given = new BodyCheck({})): WebhookOptions {
  return withoutUndefined({
    times: given.optionalNumber('times', 1, 1_000),
    heardBy: given.optionalText('heardBy'),
    fields: given.optionalJson('fields'),
    gzip: given.optionalBoolean('gzip'),
  });
}

/** Parses the options of a reply. */
export function readAnswerOptions(given = new BodyCheck({})): AnswerOptions {
  return withoutUndefined({
    by: readPerson(given, 'by'),
    messageId: readMessageId(given),
    ...readWebhookOptions(given),
  });
}

/** Parses the options of a reply with content. */
export function readReplyOptions(given = new BodyCheck({})): ReplyOptions {
  return withoutUndefined({ quoting: given.optionalBoolean('quoting'), ...readAnswerOptions(given) });
}

/** Parses the options of a status. */
export function readDeliverOptions(given = new BodyCheck({})): DeliverOptions {
  return withoutUndefined({
    ids: given.optionalWord('ids', ['both', 'zaap-id-twice', 'zaap-id-alone']),
    type: given.optionalWord('type', ['message', 'payment', 'call']),
    byQueue: given.optionalBoolean('byQueue'),
    participant: given.optionalText('participant'),
    ...readWebhookOptions(given),
  });
}

/** Reads an address, or the description of a person, which the store validates. */
function readPerson(given: BodyCheck, name: string): string | NewSimulatedPerson | undefined {
  const value = given.value(name);
  return isJsonObject(value) ? value : given.optionalText(name);
}

function readMessageId(given: BodyCheck): string | null | undefined {
  return given.value('messageId') === null ? null : given.optionalText('messageId');
}
