/** Callbacks as the three providers document them, and the oddities seen in the field. */

type Fields = Record<string, unknown>;

/** The time of the callbacks, a whole second. It is recent because callbacks older than a week are dropped. */
export const MOMENT = Math.floor(Date.now() / 1_000) * 1_000 - 60_000;

/** `MOMENT` in seconds, as Meta and sometimes Z-API write it. */
export const MOMENT_IN_SECONDS = MOMENT / 1_000;

/** Z-API: a received message. */
export function zReceived(more: Fields = {}): Fields {
  return {
    type: 'ReceivedCallback',
    instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    messageId: '3EB0C767D26A1B4C1D12',
    phone: '5544999999999',
    fromMe: false,
    momment: MOMENT,
    status: 'RECEIVED',
    chatName: 'Nome',
    senderName: 'Nome',
    senderLid: '81896604192873@lid',
    connectedPhone: '554499999999',
    isGroup: false,
    participantPhone: null,
    broadcast: false,
    ...more,
  };
}

/** Z-API: a press of a button. */
export function zPress(more: Fields = {}): Fields {
  return zReceived({
    referenceMessageId: 'D241XXXX732339502B68',
    buttonsResponseMessage: { buttonId: '1', message: 'Great' },
    ...more,
  });
}

/** Z-API: a typed text. */
export function zText(message: string, more: Fields = {}): Fields {
  return zReceived({ text: { message }, ...more });
}

/** Z-API: the status of messages. */
export function zStatus(status: string, more: Fields = {}): Fields {
  return {
    type: 'MessageStatusCallback',
    status,
    ids: ['D241XXXX732339502B68'],
    momment: MOMENT,
    phone: '5544999999999',
    isGroup: false,
    instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    ...more,
  };
}

/** Z-API: the queue sent a message, or failed to. */
export function zDelivery(more: Fields = {}): Fields {
  return {
    type: 'DeliveryCallback',
    phone: '554499999999',
    messageId: 'D241XXXX732339502B68',
    zaapId: '3999984263738042930CD6ECDE9VDWSA',
    instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    momment: MOMENT,
    ...more,
  };
}

/** Chatvolt: any event. */
export function volt(eventType: string | undefined, more: Fields = {}): Fields {
  return {
    ...(eventType !== undefined && { eventType }),
    conversationId: 'conv-456',
    messageId: 'msg-789',
    agentId: 'agent-123',
    agentName: 'Front desk',
    channel: 'whatsapp',
    conversationStatus: 'UNRESOLVED',
    conversationPriority: 'MEDIUM',
    isAiEnabled: false,
    organizationId: 'org-1',
    userName: 'João Silva',
    userPhone: '5511999999999',
    createdAt: new Date(MOMENT).toISOString(),
    ...more,
  };
}

/** Chatvolt: the customer's text. */
export function voltWords(userMessage: string, more: Fields = {}): Fields {
  return volt('USER_MESSAGE_RECEIVED', { userMessage, ...more });
}

/** Cloud API: one message of a batch. */
export function metaMessage(more: Fields = {}): Fields {
  return { from: '5511999999999', id: 'wamid.ANSWER1', timestamp: String(MOMENT_IN_SECONDS), ...more };
}

/** Cloud API: a press. */
export function metaPress(id: string, title: string, more: Fields = {}): Fields {
  const interactive = { type: 'button_reply', button_reply: { id, title } };
  return metaMessage({ type: 'interactive', context: { from: '5511', id: 'wamid.SENT1' }, interactive, ...more });
}

/** Cloud API: a typed text. */
export function metaText(body: string, more: Fields = {}): Fields {
  return metaMessage({ type: 'text', text: { body }, ...more });
}

/** Cloud API: the status of a message. */
export function metaStatus(status: string, more: Fields = {}): Fields {
  return { id: 'wamid.SENT1', status, timestamp: String(MOMENT_IN_SECONDS), recipient_id: '5511999999999', ...more };
}

/** Cloud API: one change of an entry. */
export function metaChange(messages: Fields[], statuses: Fields[] = [], more: Fields = {}): Fields {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550000000', phone_number_id: '106540352242922' },
    ...(messages.length > 0 && { contacts: [{ profile: { name: 'Ana' }, wa_id: '5511999999999' }], messages }),
    ...(statuses.length > 0 && { statuses }),
  };
  return { field: 'messages', value, ...more };
}

/** Cloud API: a whole body. Each argument is the changes of an entry. */
export function metaBatch(...entries: Fields[][]): Fields {
  return {
    object: 'whatsapp_business_account',
    entry: entries.map((changes, index) => ({ id: `WABA${index}`, changes })),
  };
}

/** Cloud API: a body with these messages and statuses. */
export function meta(messages: Fields[], statuses: Fields[] = []): Fields {
  return metaBatch([metaChange(messages, statuses)]);
}

/** One valid press of each provider, which emits exactly one event. */
export const PRESS_OF = {
  'z-api': (id = '3EB0PRESS') => zPress({ messageId: id }),
  chatvolt: (id = 'msg-press') => voltWords('Sales', { messageId: id }),
  'whatsapp-cloud': (id = 'wamid.PRESS') => meta([metaPress('1', 'Great', { id })]),
};

/** One callback of each kind, as a base for random changes. */
export const SAMPLES = {
  'z-api': [
    zPress(),
    zReceived({ listResponseMessage: { message: 'Ten', title: 'Ten', selectedRowId: 'slot-10' } }),
    zText('hello'),
    zStatus('READ'),
    zDelivery({ error: 'Whatsapp rejected sending this message' }),
    {
      type: 'ConnectedCallback',
      connected: true,
      phone: '5544',
      momment: MOMENT,
      instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    },
    {
      type: 'DisconnectedCallback',
      disconnected: true,
      error: 'Gone',
      momment: MOMENT_IN_SECONDS,
      instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    },
  ],
  chatvolt: [voltWords('Sales'), volt('AGENT_MESSAGE_BLOCKED'), volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Hi' })],
  'whatsapp-cloud': [
    meta([metaPress('1', 'Great')]),
    meta([metaText('hello')], [metaStatus('read')]),
    meta([], [metaStatus('failed', { errors: [{ code: 131047, title: 'Re-engagement message' }] })]),
    meta([metaMessage({ type: 'button', button: { payload: 'yes', text: 'Yes' } })]),
  ],
};
