import type { FieldCase } from './field-case.js';
import { ANA, ANAS_LID, answered, ask, BIA, overtaken, posted, question, reply, send, unanswered } from './messages.js';
import { zAccepts, zDelivery, zPress, zReceived, zStatus, zText } from './z-api.bodies.js';

const LATE = { lateFallback: 'text' };
const TERMS = 'You must accept buttons message terms in panel to send this message.';
const failed = { kind: 'message-status', status: 'failed', sent: 0 };
const asked = (number: number) => answered(ask(question()), zAccepts(number));
const sentAs = (number: number) => answered(send(question()), zAccepts(number));
const sentWithLateFallback = (number: number) => answered(send(question(), LATE), zAccepts(number));
const noWords = ['text-message', 'button-reply', 'message'];

export const zApiCases: FieldCase[] = [
  {
    id: 'z-shadow-ban',
    what: 'sends no late fallback after a rejection of a restricted account',
    source: 'Vendor documentation on blocks and bans: this text identifies a shadow ban; the advice is to wait',
    sentBefore: [sentWithLateFallback(1)],
    webhook: [zDelivery({ messageId: 'MSG1', zaapId: 'ZAAP1' }, 'Whatsapp rejected sending this message')],
    expect: { events: [{ ...failed, category: 'account-restricted' }], requests: 0 },
  },
  {
    id: 'z-buttons-refused',
    what: 'sends the numbered text once after rejected buttons',
    source: 'Vendor documentation, examples of the send callback: this text is about the buttons',
    sentBefore: [sentWithLateFallback(2)],
    webhook: [zDelivery({ messageId: 'MSG2' }, TERMS), zDelivery({ messageId: 'MSG2' }, TERMS, { status: 'again' })],
    expect: {
      events: [{ ...failed, category: 'buttons-refused' }],
      requests: [{ path: 'send-text', body: { phone: ANA } }],
    },
  },
  {
    id: 'z-delivery-by-zaap-id',
    what: 'matches a failure whose messageId equals the zaapId',
    source: 'Vendor documentation: in the only sample of a failed send callback the two are equal',
    sentBefore: [sentWithLateFallback(3)],
    webhook: [zDelivery({ messageId: 'ZAAP3', zaapId: 'ZAAP3' }, TERMS)],
    expect: { events: [failed], of: ['failed'], requests: [{ path: 'send-text' }] },
  },
  {
    id: 'z-delivery-zaap-id-alone',
    what: 'matches a failure with a zaapId and no messageId',
    source: 'Vendor documentation, older table of the send callback: phone, zaapId and type only',
    sentBefore: [sentWithLateFallback(4)],
    webhook: [zDelivery({ zaapId: 'ZAAP4' }, TERMS)],
    expect: { events: [failed], of: ['failed'], requests: [{ path: 'send-text' }] },
  },
  {
    id: 'z-provider-ids',
    what: 'returns every id of the provider in SentMessage',
    source: 'Vendor documentation, queue: what still waits is cancelled by zaapId and nothing else',
    call: send(question()),
    answer: [posted(200, { zaapId: 'ZAAP5', messageId: 'MSG5', id: 'MSG5' })],
    expect: { result: { messageId: 'MSG5', providerIds: { all: ['MSG5', 'ZAAP5'] } }, requests: 1 },
  },
  {
    id: 'z-refusal-overtakes',
    what: 'applies a failure that arrives before the response to its send',
    source: 'Vendor documentation, queue: it sends 1 to 3 s after queuing, and the response may take longer',
    sentBefore: [overtaken(send(question(), LATE), zAccepts(6))],
    webhook: [zDelivery({ messageId: 'MSG6', zaapId: 'ZAAP6' }, TERMS)],
    expect: { events: [failed], of: ['failed'], requests: [{ path: 'send-text' }] },
  },
  {
    id: 'z-press-overtakes',
    what: 'resolves ask() by a press that arrives before the response to its send',
    source: 'As z-refusal-overtakes',
    sentBefore: [overtaken(ask(question()), zAccepts(7))],
    webhook: [zPress('sales', 'Sales', 'MSG7')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }], ask: 'sales' },
  },
  {
    id: 'z-chat-lid',
    what: "reads the sender's lid from chatLid when senderLid is absent",
    source: 'Vendor documentation on lids: chatLid is the most stable identifier and in all webhooks',
    webhook: [zText('hello', { chatLid: ANAS_LID })],
    expect: { events: [{ kind: 'text-message', from: { phone: ANA, lid: ANAS_LID } }] },
  },
  {
    id: 'z-lid-as-phone',
    what: 'does not report a lid in phone as a phone number',
    source: 'Vendor documentation on lids: the lid may come as the primary identifier unasked',
    webhook: [zText('hello', { phone: ANAS_LID, chatLid: ANAS_LID })],
    expect: { events: [{ kind: 'text-message', from: { phone: null, lid: ANAS_LID } }] },
  },
  {
    id: 'z-lid-pair-heard',
    what: 'matches a reply under a lid that was once received with the number',
    source: 'Vendor documentation on lids; three field reports join the pair',
    heardBefore: [zText('hi', { messageId: 'IN10', chatLid: ANAS_LID })],
    sentBefore: [sentAs(10)],
    webhook: [zText('Support', { messageId: 'IN11', phone: ANAS_LID, chatLid: ANAS_LID })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, typed: true, sent: 0 }] },
  },
  {
    id: 'z-lid-pair-asked',
    what: 'matches a typed number under a lid that phone-exists returned',
    source: 'Vendor documentation: phone-exists answers with the lid',
    sentBefore: [
      answered(
        { call: 'ZApiService.phoneExists', args: [ANA] },
        { to: 'GET', status: 200, body: [{ exists: true, phone: ANA, lid: ANAS_LID }] },
      ),
      asked(12),
    ],
    webhook: [zText('2', { phone: ANAS_LID })],
    expect: { ask: 'help', events: [{ kind: 'button-reply', typed: true, sent: 1 }] },
  },
  {
    id: 'z-time-out-then-received',
    what: 'reports delivered and read after a timeout failure',
    source: 'Vendor documentation: an instability; field report: what was read cannot have failed',
    sentBefore: [sentAs(15)],
    webhook: [
      zDelivery({ messageId: 'MSG15' }, 'Timeout on send message'),
      zStatus('RECEIVED', 'MSG15'),
      zStatus('READ', 'MSG15'),
    ],
    expect: { of: ['failed', 'delivered', 'read'], last: 'read' },
  },
  {
    id: 'z-edit',
    what: 'emits an edit of a received text as an edit',
    source: "Field report: messageId is the original's, editMessageId its own",
    heardBefore: [zText('Rua A, 10', { messageId: 'IN16' })],
    webhook: [zText('Rua B, 20', { messageId: 'IN16', isEdit: true, editMessageId: 'EDIT16' })],
    expect: { events: [{ kind: 'message', type: 'edit', text: 'Rua B, 20' }] },
  },
  {
    id: 'z-edit-answers-nothing',
    what: 'does not treat an edit of an unknown message as a reply',
    source: 'As z-edit: after a restart "2" answered a question',
    sentBefore: [asked(17)],
    webhook: [zText('2', { messageId: 'OLD17', isEdit: true, editMessageId: 'EDIT17' })],
    expect: { ask: 'open', none: ['button-reply', 'text-message'] },
  },
  {
    id: 'z-channel-post',
    what: 'ignores posts of channels',
    source: 'Vendor documentation, isNewsletter; three field reports leave it out',
    webhook: [zText('Channel post', { phone: '120363000000000018@newsletter', senderName: '', isNewsletter: true })],
    expect: { http: 200, none: noWords },
  },
  {
    id: 'z-other-instance',
    what: 'ignores webhooks of another instance',
    source: 'Every body names its instance; five field reports reject another one',
    webhook: [
      {
        ...zText('for the other', { instanceId: 'INST2' }),
        by: { query: 'webhook-secret=zapi-hook-secret', headers: { 'z-api-token': 'token-of-INST2' } },
      },
    ],
    expect: { http: [200, 401, 403], none: noWords },
  },
  {
    id: 'z-label-as-id',
    what: 'matches a press whose buttonId is the label',
    source: 'Field report, one source: the label comes in place of the id at times',
    sentBefore: [sentAs(20)],
    webhook: [zPress('Sales', 'Sales', 'MSG20')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales', title: 'Sales' }, sent: 0 }] },
  },
  {
    id: 'z-unknown-then-press',
    what: 'matches a press by its title after an unknown outcome',
    source: 'Consequence of a timeout: a person who replies has received the message',
    sentBefore: [unanswered(send(question(), { timeoutMs: 1_000 }))],
    webhook: [zPress('', 'Support', 'MSG21')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help', title: 'Support' } }] },
  },
  {
    id: 'z-unknown-settled',
    what: 'settles an unknown outcome by an echo with a unique button id',
    source: 'Vendor documentation, samples of what the instance itself sends: echoes carry content and button ids',
    sentBefore: [
      unanswered(send(question({ text: 'Às 10h?', buttons: [reply('slot-a91c', 'Sim')] }), { timeoutMs: 1_000 })),
    ],
    webhook: [
      zReceived({
        messageId: 'MSG22',
        fromMe: true,
        fromApi: true,
        status: 'SENT',
        buttonsMessage: {
          imageUrl: null,
          videoUrl: null,
          message: 'Às 10h?',
          buttons: [{ buttonId: '$button 0', type: 1, buttonText: { displayText: 'Sim' } }],
        },
      }),
    ],
    expect: { settled: [0], none: ['button-reply', 'text-message'] },
  },
  {
    id: 'z-phone-exists-null',
    what: 'reads null from phone-exists as a number that does not exist',
    source: 'Field report: null means "does not exist"',
    call: { call: 'ZApiService.phoneExists', args: [ANA] },
    answer: [{ to: 'GET', status: 200, text: 'null' }],
    expect: { result: { exists: false } },
  },
  {
    id: 'z-read-down',
    what: 'reports a failed read as not sent',
    source: 'A read says nothing of any message',
    call: { call: 'ZApiService.status', args: [] },
    answer: [{ to: 'GET', status: 500, body: { error: 'Internal' } }],
    expect: { error: { outcome: 'not-sent' } },
  },
  {
    id: 'z-not-on-whatsapp',
    what: 'reports a number not on WhatsApp, rejected with status 200',
    source: 'Field report',
    call: send(question()),
    answer: [posted(200, { error: 'phone not exists' })],
    expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent', category: 'recipient' }, requests: 1 },
  },
  {
    id: 'z-carousel-labels',
    what: 'accepts equal labels of a link and a reply on one card',
    source: 'Vendor documentation, its own sample of a carousel',
    call: {
      call: 'ZApiService.sendCarousel',
      args: [
        {
          phone: ANA,
          message: 'Text',
          carousel: [
            {
              text: 'Card',
              image: 'https://files.example/a.png',
              buttons: [
                { id: '1', type: 'URL', label: 'Open', url: 'https://shop.example' },
                { id: '2', type: 'REPLY', label: 'Open' },
              ],
            },
          ],
        },
      ],
    },
    expect: { requests: [{ path: 'send-carousel' }] },
  },
  {
    id: 'z-edit-message-id',
    what: 'passes editMessageId to send-text',
    source: 'Vendor documentation, newest page of send-text',
    call: { call: 'ZApiService.sendText', args: [{ phone: ANA, message: 'x', editMessageId: 'MSG1' }] },
    expect: { requests: [{ path: 'send-text', body: { editMessageId: 'MSG1' } }] },
  },
  {
    id: 'z-press-without-message-id',
    what: 'emits a press without a messageId',
    source: 'Two field reports make an id of phone, content and momment',
    sentBefore: [sentAs(27)],
    webhook: [zPress('sales', 'Sales', 'MSG27', { messageId: undefined })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }] },
  },
  {
    id: 'z-story-reply',
    what: 'does not match a story reply that contains a title',
    source: 'Vendor documentation, samples of status replies; three field reports keep them apart',
    sentBefore: [sentAs(28)],
    webhook: [
      zText('Sales', {
        isStatusReply: true,
        referenceMessageId: null,
        statusImage: { imageUrl: 'https://files.example/s.jpg', mimeType: 'image/jpeg' },
      }),
    ],
    expect: { events: [{ kind: 'text-message', text: 'Sales', sent: null }] },
  },
  {
    id: 'z-voice',
    what: 'emits a voice note',
    source: 'Field report: who answers by voice counted as silent, and got the reminder',
    webhook: [
      zReceived({
        chatLid: ANAS_LID,
        audio: { ptt: true, seconds: 4, audioUrl: 'https://files.example/v.ogg', mimeType: 'audio/ogg; codecs=opus' },
      }),
    ],
    expect: {
      events: [
        {
          kind: 'message',
          type: 'audio',
          from: { phone: ANA, lid: ANAS_LID },
          media: { url: 'https://files.example/v.ogg', mimeType: 'audio/ogg; codecs=opus' },
        },
      ],
    },
  },
  {
    id: 'z-foreign-press',
    what: 'does not match a press by another person who quotes the message',
    source: 'The sender of a reply must be the recipient of the message',
    sentBefore: [asked(31)],
    webhook: [zPress('sales', 'Sales', 'MSG31', { phone: BIA })],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'MSG31', sent: null }] },
  },
  {
    id: 'z-waiting',
    what: 'emits a waiting message once, when its content arrives',
    source: 'Vendor documentation, sample of a waiting message',
    webhook: [zReceived({ waitingMessage: true }), zText('now readable', { waitingMessage: false })],
    expect: { events: [{ kind: 'text-message', text: 'now readable' }] },
  },
];
