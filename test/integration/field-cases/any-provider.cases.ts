import type { FieldCase, Fields } from './field-case.js';
import { answered, question, questionTo, reply, send } from './messages.js';
import { zAccepts, zText } from './z-api.bodies.js';

const appointment = (more: Fields = {}): Fields =>
  question({
    text: 'Qual horário?',
    buttons: [reply('confirm', 'Confirmar'), reply('other', 'Outro horário')],
    ...more,
  });

export const anyProviderCases: FieldCase[] = [
  {
    id: 'typed-without-accent',
    what: 'matches a title typed without its accent',
    source: 'Field report: people type so',
    sentBefore: [answered(send(appointment()), zAccepts(33))],
    webhook: [zText('outro horario')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'other' }, typed: true, sent: 0 }] },
  },
  {
    id: 'typed-in-bold',
    what: 'matches a title typed with formatting and an emoji',
    source: 'Field report',
    sentBefore: [answered(send(appointment()), zAccepts(34))],
    webhook: [zText('*Confirmar* 🙏!')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'confirm' }, typed: true, sent: 0 }] },
  },
  {
    id: 'number-without-country',
    what: 'rejects a Brazilian number without a country instead of using +31',
    source: 'Field report: 45 of 67 area codes were taken for other countries',
    call: send(questionTo('(31) 98888-0001')),
    expect: { error: { class: 'InvalidMessageError' }, requests: 0 },
  },
  {
    id: 'number-of-default-country',
    what: 'reads a number without a country in the default country',
    source: 'As number-without-country',
    module: { defaultCountry: 'BR' },
    call: send(questionTo('(31) 98888-0001')),
    expect: { requests: [{ path: 'send-button-actions', body: { phone: '5531988880001' } }] },
  },
  {
    id: 'via-after-faulty-account',
    what: 'continues failover after an account with empty credentials',
    source: "Field report: one tenant's faulty row ended the failover, without a line in the log",
    resolveAccount: { tenant: { provider: 'z-api', name: 'tenant', instanceId: 'INST3', token: '' } },
    call: send(question(), { via: ['tenant', 'sales'] }),
    answer: [zAccepts(36)],
    expect: { result: { account: 'sales', tried: [{ account: 'tenant', code: 'configuration' }] }, requests: 1 },
  },
];
