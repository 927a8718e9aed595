// Compares the validation of a three-button message with class-validator, zod and ajv, with the same rules.
import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { isPossiblePhoneNumber } from 'libphonenumber-js/max';
import { ButtonDto, ButtonMessageDto } from 'nestjs-button-messaging';
import { DtoValidator } from '../../dist/esm/validation/index.js';
import { interleave, ratios, spread, timeOf } from '../measure.mjs';
import { nextPhone, reply, TEXT } from '../subjects/messages.mjs';
import { requirePeers, versionOf } from '../subjects/peers.mjs';

const MESSAGES = {
  'to a phone number': () => ({ to: nextPhone(), text: TEXT, buttons: reply }),
  'to a conversation, which no rule of numbers concerns': () => ({
    to: { conversation: nextPhone() },
    text: TEXT,
    buttons: reply,
  }),
};
const OURS = 'this package';
const CLASS_VALIDATOR = 'class-validator';

export async function run({ quick }) {
  const checks = checksOf(requirePeers());
  const rounds = quick ? 3 : 11;
  const roundMs = quick ? 100 : 300;
  const tables = [];
  const charts = [];
  const targets = [];
  for (const [kind, message] of Object.entries(MESSAGES)) {
    const measure = async (check) => ({ ns: timeOf(() => check(message()), roundMs) });
    for (const [name, check] of Object.entries(checks)) {
      if (!check(message())) throw new Error(`${name} refuses a message that is in order.`);
      if (check({ ...message(), text: ' ' })) throw new Error(`${name} lets an empty text pass.`);
    }
    await interleave(checks, 2, measure);
    const measured = await interleave(checks, rounds, measure);
    tables.push(tableOf(kind, measured));
    charts.push({
      title: `Time of a check, ${kind}, as a part of class-validator's`,
      bars: Object.entries(measured).map(([name, of]) => ({
        name,
        value: ratios(of, measured[CLASS_VALIDATOR], 'ns'),
      })),
    });
    const value = ratios(measured[OURS], measured[CLASS_VALIDATOR], 'ns').median;
    targets.push({ name: `time of a check over class-validator, ${kind}`, value, most: 0.1 });
  }
  return {
    title: 'Validation',
    notes: [
      'class-validator gets an instance that was made before; turning the plain object into one is not counted.',
      'zod, ajv and class-validator judge numbers as this package is used: class-validator by the same rules, zod and ajv by libphonenumber-js.',
    ],
    tables,
    charts,
    targets,
  };
}

function tableOf(title, measured) {
  return {
    title,
    columns: ['subject', 'of class-validator', 'range', 'µs a message'],
    rows: Object.entries(measured).map(([name, rounds]) => {
      const ratio = ratios(rounds, measured[CLASS_VALIDATOR], 'ns');
      const us = spread(rounds.map(({ ns }) => ns / 1_000));
      return [name, ratio.median.toFixed(3), `${ratio.min.toFixed(3)}–${ratio.max.toFixed(3)}`, us.median.toFixed(2)];
    }),
  };
}

function checksOf(require) {
  const { z } = require('zod');
  const { default: Ajv } = require('ajv');
  const ours = new DtoValidator();
  const schema = zodSchema(z);
  const ajv = ajvCheck(Ajv);
  const buttons = reply.map((button) => Object.assign(new ButtonDto(), button));
  return {
    [CLASS_VALIDATOR]: (message) => {
      const instance = Object.assign(new ButtonMessageDto(), message);
      instance.buttons = buttons;
      return validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }).length === 0;
    },
    [OURS]: (message) => ours.validate(ButtonMessageDto, message).length === 0,
    [`zod ${versionOf('zod')}`]: (message) => schema.safeParse(message).success,
    [`ajv ${versionOf('ajv')}`]: (message) => ajv(message),
  };
}

const characters = (text) => [...text].length;
const isFilled = (text) => text.trim() !== '';
const isPhone = (text) => isPossiblePhoneNumber(text.startsWith('+') ? text : `+${text}`);

function hasUnique(items, field) {
  const values = items.map((item) => item[field]).filter((value) => value !== undefined);
  return new Set(values).size === values.length;
}

function isMixtureInOrder(buttons) {
  const replies = buttons.filter(({ type }) => type === 'reply').length;
  return replies <= 3 && buttons.length - replies <= 3;
}

function zodSchema(z) {
  const text = (most) => z.string().refine((value) => isFilled(value) && characters(value) <= most);
  const phone = z.string().refine(isPhone);
  const url = z.url({ protocol: /^https?$/ });
  const title = text(20);
  const button = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('reply'), id: text(256), title }),
    z.strictObject({ type: z.literal('url'), title, url }),
    z.strictObject({ type: z.literal('call'), title, phone }),
    z.strictObject({ type: z.literal('copy'), title, code: z.string().refine(isFilled) }),
  ]);
  const header = z.union([
    z.strictObject({ text: text(60) }),
    z.strictObject({ image: url }),
    z.strictObject({ video: url }),
  ]);
  const filled = z.string().refine(isFilled);
  const to = z.union([
    phone,
    z.strictObject({ phone }),
    z.strictObject({ group: filled }),
    z.strictObject({ conversation: filled }),
  ]);
  return z.strictObject({
    to,
    text: text(1_024),
    header: header.optional(),
    footer: text(60).optional(),
    buttons: z
      .array(button)
      .min(1)
      .refine(isMixtureInOrder)
      .refine((buttons) => hasUnique(buttons, 'id') && hasUnique(buttons, 'title')),
  });
}

function ajvCheck(Ajv) {
  const ajv = new Ajv({ discriminator: true });
  ajv.addFormat('phone', isPhone);
  ajv.addFormat('web', (value) => /^https?:/i.test(value) && URL.canParse(value));
  ajv.addKeyword({ keyword: 'mixture', type: 'array', validate: (_on, buttons) => isMixtureInOrder(buttons) });
  ajv.addKeyword({
    keyword: 'uniqueFields',
    type: 'array',
    validate: (fields, items) => fields.every((field) => hasUnique(items, field)),
  });
  // ajv counts code points, as the others do.
  const text = (maxLength) => ({ type: 'string', maxLength, pattern: '\\S' });
  const one = (properties, required = Object.keys(properties)) => ({
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  });
  const url = { type: 'string', format: 'web' };
  const phone = { type: 'string', format: 'phone' };
  const filled = { type: 'string', pattern: '\\S' };
  const title = text(20);
  const kind = (type, fields) => one({ type: { const: type }, title, ...fields });
  return ajv.compile({
    ...one(
      {
        to: { anyOf: [phone, one({ phone }), one({ group: filled }), one({ conversation: filled })] },
        text: text(1_024),
        header: { anyOf: [one({ text: text(60) }), one({ image: url }), one({ video: url })] },
        footer: text(60),
        buttons: {
          type: 'array',
          minItems: 1,
          mixture: true,
          uniqueFields: ['id', 'title'],
          items: {
            type: 'object',
            required: ['type'],
            discriminator: { propertyName: 'type' },
            oneOf: [
              kind('reply', { id: text(256) }),
              kind('url', { url }),
              kind('call', { phone }),
              kind('copy', { code: filled }),
            ],
          },
        },
      },
      ['to', 'text', 'buttons'],
    ),
  });
}
