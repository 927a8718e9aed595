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
    what: 'A title typed without its accent is the button',
    source: 'Field report: people type so',
    sentBefore: [answered(send(appointment()), zAccepts(33))],
    webhook: [zText('outro horario')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'other' }, typed: true, sent: 0 }] },
  },
  {
    id: 'typed-in-bold',
    what: 'A title typed with formatting and a sign behind it is the button',
    source: 'Field report',
    sentBefore: [answered(send(appointment()), zAccepts(34))],
    webhook: [zText('*Confirmar* 🙏!')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'confirm' }, typed: true, sent: 0 }] },
  },
  {
    id: 'number-without-country',
    what: 'A Brazilian number without its country is refused, not sent to the Netherlands',
    source: 'Field report: 45 of 67 area codes were taken for other countries',
    call: send(questionTo('(31) 98888-0001')),
    expect: { error: { class: 'InvalidMessageError' }, requests: 0 },
  },
  {
    id: 'number-of-default-country',
    what: 'With a default country it is read there',
    source: 'As number-without-country',
    module: { defaultCountry: 'BR' },
    call: send(questionTo('(31) 98888-0001')),
    expect: { requests: [{ path: 'send-button-actions', body: { phone: '5531988880001' } }] },
  },
  {
    id: 'via-after-faulty-account',
    what: 'Failover goes on after an account whose credentials are empty',
    source: "Field report: one tenant's faulty row ended the failover, without a line in the log",
    resolveAccount: { tenant: { provider: 'z-api', name: 'tenant', instanceId: 'INST3', token: '' } },
    call: send(question(), { via: ['tenant', 'sales'] }),
    answer: [zAccepts(36)],
    expect: { result: { account: 'sales', tried: [{ account: 'tenant', code: 'configuration' }] }, requests: 1 },
  },
];
