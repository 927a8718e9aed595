import type {
  Template,
  TemplateButton,
  TemplateHeader,
  TemplateMessage,
  TemplateParameters,
} from '../../message/message.interface.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import { offeredInTemplate } from '../template-buttons.js';
import { envelopeOf } from './whatsapp-cloud.operations.js';

/** Creates the request of a valid template. */
export function templateRequest({ to, template }: TemplateMessage): OutgoingMessage {
  const { recipient, envelope } = envelopeOf(to, 'template');
  const components = componentsOf(template);
  const { name, language } = template;
  return {
    operation: 'template',
    path: 'messages',
    body: {
      ...envelope,
      template: { name, language: { code: language }, ...(components.length > 0 && { components }) },
    },
    recipient,
    to,
    buttons: offeredInTemplate(template),
  };
}

function componentsOf({ header, body, buttons = [] }: Template): object[] {
  return [
    ...(header ? [{ type: 'header', parameters: headerParameters(header) }] : []),
    ...(body ? [{ type: 'body', parameters: textParameters(body) }] : []),
    ...buttons.map(buttonComponent),
  ];
}

function headerParameters({ text, image, video, document }: TemplateHeader): object[] {
  if (text) return textParameters(text);
  if (image !== undefined) return [{ type: 'image', image: { link: image } }];
  return video === undefined ? [{ type: 'document', document }] : [{ type: 'video', video: { link: video } }];
}

function textParameters(values: TemplateParameters): object[] {
  if (Array.isArray(values)) return values.map((text) => ({ type: 'text', text }));
  return Object.entries(values).map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function buttonComponent(button: TemplateButton): object {
  const component = (subType: string, parameters: object[]) => ({
    type: 'button',
    sub_type: subType,
    index: String(button.index),
    parameters,
  });
  switch (button.type) {
    case 'reply':
      return component('quick_reply', [{ type: 'payload', payload: button.payload }]);
    case 'url':
      return component('url', [{ type: 'text', text: button.suffix }]);
    case 'copy':
      return component('copy_code', [{ type: 'coupon_code', coupon_code: button.code }]);
    case 'flow': {
      const action = withoutUndefined({ flow_token: button.token, flow_action_data: button.data });
      return component('flow', [{ type: 'action', action }]);
    }
  }
}
