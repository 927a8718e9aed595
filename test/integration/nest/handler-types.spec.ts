import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import ts from 'typescript';

// The compiler reads Nest's types again, which takes long.
jest.setTimeout(120_000);

const HEAD = `
import { applyDecorators, createParamDecorator, Injectable, UseGuards } from '@nestjs/common';
import type * as M from '../../../lib/index.js';
import { OnAccountEvent, OnButtonReply, OnConnectionChange, OnFlowReply, OnIdentityChange, OnMessage, OnMessageStatus,
  OnOtherEvent, OnOutcomeSettled, OnTextMessage } from '../../../lib/index.js';
const Where = createParamDecorator(() => 'here');
class Guard { canActivate() { return true; } }
const Confirmed = () => applyDecorators(UseGuards(Guard), OnButtonReply('confirm'));
`;

const GOOD: [name: string, member: string][] = [
  ['its own event', '@OnButtonReply() h(event: M.ButtonReplyEvent) { return event.button; }'],
  [
    'an asynchronous handler',
    '@OnButtonReply(/^a/) async h(event: M.ButtonReplyEvent): Promise<string> { return event.kind; }',
  ],
  ['no parameters', '@OnButtonReply() h(): void {}'],
  ['a destructured event', '@OnTextMessage() h({ text, from }: M.TextMessageEvent) { return [text, from]; }'],
  ['a wider type', '@OnMessageStatus() h(event: M.MessagingEvent) { return event; }'],
  ['a narrower interface', '@OnMessageStatus() h(event: { account: string }) { return event; }'],
  ['two decorators', '@OnButtonReply() @OnTextMessage() h(e: M.ButtonReplyEvent | M.TextMessageEvent) { return e; }'],
  ['any message', '@OnMessage() h(e: M.InboundMessageEvent | M.TextMessageEvent | M.ButtonReplyEvent) { return e; }'],
  ['a message of a type', "@OnMessage('audio') h(e: M.InboundMessageEvent) { return e.media; }"],
  ['a message of types', "@OnMessage(['audio', 'image']) h(e: M.InboundMessageEvent) { return e.media; }"],
  ['a form', "@OnFlowReply('book') h(e: M.InboundMessageEvent) { return e.flow; }"],
  ['a connection', '@OnConnectionChange() h(e: M.ConnectionEvent) { return e.connected; }'],
  ['an account', '@OnAccountEvent() h(e: M.AccountEvent) { return e.detail; }'],
  ['an identity', '@OnIdentityChange() h(e: M.IdentityEvent) { return e.current; }'],
  ['another event', '@OnOtherEvent() h(e: M.OtherEvent) { return e.type; }'],
  ['an outcome', '@OnOutcomeSettled() h(e: M.OutcomeSettledEvent) { return e.evidence; }'],
  ['more parameters', '@OnButtonReply() h(e: M.ButtonReplyEvent, @Where() w: string) { return [e, w]; }'],
  ['composed decorators', '@Confirmed() h(e: M.ButtonReplyEvent) { return e; }'],
];

const BAD: [name: string, member: string][] = [
  ['a press', '@OnButtonReply() h(event: M.TextMessageEvent) { return event; }'],
  ['an asynchronous press', '@OnButtonReply() async h(event: M.MessageStatusEvent) { return event; }'],
  ['a text', '@OnTextMessage() h(event: M.ButtonReplyEvent) { return event; }'],
  ['any message', '@OnMessage() h(event: M.InboundMessageEvent) { return event; }'],
  ['a message of a type', "@OnMessage('audio') h(event: M.TextMessageEvent) { return event; }"],
  ['a form', '@OnFlowReply() h(event: M.ButtonReplyEvent) { return event; }'],
  ['a status', '@OnMessageStatus() h(event: M.ConnectionEvent) { return event; }'],
  ['a connection', '@OnConnectionChange() h(event: string) { return event; }'],
  ['an account', '@OnAccountEvent() h(event: M.IdentityEvent) { return event; }'],
  ['an identity', '@OnIdentityChange() h(event: M.AccountEvent) { return event; }'],
  ['another event', '@OnOtherEvent() h(event: M.AccountEvent) { return event; }'],
  ['an outcome', '@OnOutcomeSettled() h(event: M.MessagingEvent) { return event; }'],
  ['one of two decorators', '@OnButtonReply() @OnTextMessage() h(event: M.ButtonReplyEvent) { return event; }'],
];

/** Returns the compiler's errors of a class with each member, by member. */
function compiled(members: readonly string[]): Map<string, string[]> {
  const files = new Map(
    members.map((member, index) => [join(resolve('test/integration/nest'), `case-${index}.ts`), member]),
  );
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, resolve('.'));
  const given = { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(given);
  const { readFile, fileExists } = host;
  const sourceOf = (path: string) => {
    const member = files.get(resolve(path));
    return member === undefined ? undefined : `${HEAD}\n@Injectable() export class Handlers { ${member} }\n`;
  };
  host.readFile = (path) => sourceOf(path) ?? readFile(path);
  host.fileExists = (path) => files.has(resolve(path)) || fileExists(path);
  const program = ts.createProgram([...files.keys()], given, host);
  return new Map(
    [...files].map(([path, member]) => {
      const file = program.getSourceFile(path);
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [member, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))];
    }),
  );
}

/** Members that are rejected at runtime when decorated: the compiler should reject them first. */
const NO_METHODS: [name: string, member: string][] = [
  ['a property', '@OnButtonReply() x = 1;'],
  ['a property without a value', '@OnMessage() declared?: string;'],
  ['a property that holds a function', '@OnButtonReply() h = (event: M.ButtonReplyEvent) => event;'],
  ['a getter that returns a number', '@OnTextMessage() get h() { return 1; }'],
];

describe('Type check of a handler parameter', () => {
  let errors: Map<string, string[]>;
  beforeAll(() => {
    errors = compiled([...GOOD, ...BAD, ...NO_METHODS].map(([, member]) => member));
  });

  it.each(GOOD)('accepts %s', (_name, member) => {
    expect(errors.get(member)).toEqual([]);
  });

  it.each(BAD)('rejects the wrong event for %s', (_name, member) => {
    expect(errors.get(member)).toEqual([expect.stringContaining('decorator')]);
  });

  it.each(NO_METHODS)('rejects %s', (_name, member) => {
    expect(errors.get(member)).toEqual([expect.stringContaining('decorator')]);
  });
});

describe('@OnButtonReply at runtime', () => {
  it('rejects members that are not methods of instances', async () => {
    const { OnButtonReply } = await import('../../../lib/index.js');
    const name = Symbol('name');
    class Desk {
      static shared() {}
      [name]() {}
      reply = () => {};
    }
    const descriptor = Object.getOwnPropertyDescriptor(Desk, 'shared');
    expect(() => OnButtonReply()(Desk, 'shared', { value: descriptor?.value })).toThrow(
      'Desk.shared cannot be a handler. Decorate an instance method',
    );
    expect(() => OnButtonReply()(Desk.prototype, 'reply', {})).toThrow('Desk.reply cannot be a handler');
    expect(() => OnButtonReply()(Desk.prototype, name, { value: Desk.prototype[name] })).toThrow(
      'Desk.Symbol(name) cannot be a handler',
    );
  });
});
