const phone = '5511999999999';
const image = { link: 'https://example.com/1.png' };

/** A good message for every method of `WhatsAppCloudService` that sends one, in Meta's own format. */
export const CLOUD_MESSAGES = {
  cloudFlow: {
    to: phone,
    interactive: {
      type: 'flow',
      header: { type: 'text', text: 'Appointments' },
      body: { text: 'Choose a time' },
      footer: { text: 'Takes a minute' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '1200',
          flow_cta: 'Book an appointment',
          flow_token: 'order-7',
          mode: 'draft',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'TIMES', data: { day: 'Monday' } },
        },
      },
    },
  },
  cloudCarousel: {
    to: phone,
    interactive: {
      type: 'carousel',
      body: { text: 'Which one?' },
      action: {
        cards: [
          {
            card_index: 0,
            type: 'cta_url',
            header: { type: 'image', image },
            body: { text: 'Small' },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'small', title: 'Take it' } }] },
          },
          {
            card_index: 1,
            type: 'cta_url',
            header: { type: 'video', video: { id: '900' } },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'large', title: 'Take it' } }] },
          },
        ],
      },
    },
  },
  cloudLocationRequest: {
    to: phone,
    interactive: {
      type: 'location_request_message',
      body: { text: 'Where are you?' },
      action: { name: 'send_location' },
    },
  },
  cloudContactRequest: {
    to: 'BR.13491208655302741918',
    interactive: {
      type: 'request_contact_info',
      body: { text: 'Which number may we call?' },
      action: { name: 'request_contact_info' },
    },
  },
  cloudVoiceCall: {
    to: phone,
    interactive: {
      type: 'voice_call',
      body: { text: 'Any questions?' },
      action: {
        name: 'voice_call',
        parameters: { display_text: 'Call us', ttl_minutes: 60, payload: 'order 7' },
      },
    },
  },
  cloudCallPermissionRequest: {
    to: phone,
    interactive: {
      type: 'call_permission_request',
      body: { text: 'May we call you?' },
      action: { name: 'call_permission_request' },
    },
  },
  cloudTemplate: {
    to: phone,
    template: {
      name: 'summer_offer',
      language: { code: 'pt_BR', policy: 'deterministic' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'name', text: 'Ana' },
            { type: 'currency', currency: { fallback_value: 'R$ 9,90', code: 'BRL', amount_1000: 9_900 } },
            { type: 'date_time', date_time: { fallback_value: '1 December' } },
          ],
        },
        {
          type: 'limited_time_offer',
          parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1_796_000_000_000 } }],
        },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: 'more' }],
        },
        { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: 'ana' }] },
        {
          type: 'button',
          sub_type: 'copy_code',
          index: '2',
          parameters: [{ type: 'coupon_code', coupon_code: 'SUMMER26' }],
        },
        {
          type: 'button',
          sub_type: 'flow',
          index: '3',
          parameters: [{ type: 'action', action: { flow_token: 'order-7', flow_action_data: { day: 'Monday' } } }],
        },
        {
          type: 'button',
          sub_type: 'voice_call',
          index: '4',
          parameters: [{ type: 'ttl_minutes', ttl_minutes: 100 }],
        },
        { type: 'button', sub_type: 'catalog', index: '5' },
        {
          type: 'carousel',
          cards: [
            {
              card_index: 0,
              components: [
                {
                  type: 'header',
                  parameters: [{ type: 'product', product: { product_retailer_id: 'p1', catalog_id: 'c1' } }],
                },
                {
                  type: 'button',
                  sub_type: 'quick_reply',
                  index: 0,
                  parameters: [{ type: 'payload', payload: 'card-0' }],
                },
              ],
            },
          ],
        },
      ],
    },
  },
  cloudImage: { to: phone, image: { ...image, caption: 'A picture' } },
  cloudVideo: { to: phone, video: { id: '901', caption: 'A film' } },
  cloudAudio: { to: phone, audio: { id: '902', voice: true } },
  cloudDocument: {
    to: phone,
    document: { link: 'https://example.com/bill.pdf', caption: 'Your bill', filename: 'bill.pdf' },
  },
  cloudSticker: { to: phone, sticker: { id: '903' } },
  cloudLocation: {
    to: phone,
    location: { latitude: -23.5505, longitude: '-46.6333', name: 'Clinic', address: 'Rua A, 1' },
  },
  cloudContacts: {
    to: phone,
    contacts: [
      {
        name: {
          formatted_name: 'Dr. Ana B. Silva Jr.',
          first_name: 'Ana',
          middle_name: 'B.',
          last_name: 'Silva',
          prefix: 'Dr.',
          suffix: 'Jr.',
        },
        phones: [{ phone: '+55 11 98888-7777', wa_id: '5511988887777', type: 'WORK' }],
        emails: [{ email: 'ana@example.com', type: 'WORK' }],
        urls: [{ url: 'https://example.com', type: 'WORK' }],
        addresses: [
          {
            street: 'Rua A, 1',
            city: 'São Paulo',
            state: 'SP',
            zip: '01000-000',
            country: 'Brazil',
            country_code: 'BR',
            type: 'WORK',
          },
        ],
        org: { company: 'Clinic', department: 'Cardiology', title: 'Doctor' },
        birthday: '1980-05-17',
      },
    ],
  },
  cloudReaction: { to: phone, reaction: { message_id: 'wamid.1', emoji: '👍' } },
} as const;
