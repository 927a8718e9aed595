/** The texts of the page. */
export interface Texts {
  readonly locale: string;
  readonly title: string;
  readonly subtitle: string;
  readonly phones: string;
  readonly search: string;
  readonly nothingFound: string;
  readonly morePhones: (count: number) => string;
  readonly back: string;
  readonly group: string;
  readonly yourApp: string;
  readonly today: string;
  readonly yesterday: string;
  readonly messagesOf: (name: string) => string;
  readonly unread: (count: number) => string;
  readonly newMessage: (name: string, text: string) => string;
  readonly earlier: (count: number) => string;
  readonly phoneScreen: string;
  readonly readMore: string;
  readonly via: (provider: string, account: string) => string;
  readonly statuses: Readonly<Record<'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed', string>>;
  readonly mark: Readonly<Record<'sent' | 'delivered' | 'read' | 'played' | 'failed', string>>;
  readonly messageMenu: string;
  readonly reply: string;
  readonly copyText: string;
  readonly copied: string;
  readonly copyKey: string;
  readonly image: string;
  readonly video: string;
  readonly document: string;
  readonly audio: string;
  readonly sticker: string;
  readonly notLoaded: string;
  readonly pixKey: string;
  readonly carousel: string;
  readonly previousCard: string;
  readonly nextCard: string;
  readonly closeList: string;
  readonly sendChoice: string;
  readonly typeHere: string;
  readonly send: string;
  readonly answering: string;
  readonly noLongerAnswer: string;
  readonly nothingToAnswer: string;
  readonly attach: {
    readonly open: string;
    readonly file: string;
    readonly location: string;
    readonly contact: string;
  };
  /** The buttons and sheets of messages that ask for something. */
  readonly request: {
    readonly titles: Readonly<Record<'location' | 'contact' | 'call-permission', string>>;
    readonly close: string;
    readonly fieldName: string;
    readonly fieldValue: (name: string) => string;
    readonly addField: string;
    readonly latitude: string;
    readonly longitude: string;
    readonly name: string;
    readonly phone: string;
    readonly permissions: Readonly<Record<'always' | 'temporary' | 'never', string>>;
  };
  /** The replies to such messages. */
  readonly replied: {
    readonly location: string;
    readonly contact: string;
    readonly form: string;
    readonly permission: Readonly<Record<'always' | 'temporary' | 'never', string>>;
  };
  readonly window: {
    readonly open: (hours: number, minutes: number) => string;
    readonly closed: string;
    readonly close: string;
  };
  readonly typingNow: string;
  readonly linkTitle: (target: string) => string;
  readonly outcome: {
    readonly waiting: string;
    readonly heard: (status: number) => string;
    readonly refused: (status: number) => string;
    readonly unreachable: string;
    readonly noAddress: string;
  };
  readonly hint: {
    readonly credentials: string;
    readonly noRoute: string;
    readonly failed: string;
    readonly other: string;
    readonly unreachable: string;
    readonly noAddress: string;
  };
  readonly activity: {
    readonly title: string;
    readonly none: string;
    readonly webhooksTo: string;
    readonly noWebhooks: string;
    readonly pressed: (title: string) => string;
    readonly typed: (text: string) => string;
    readonly verified: string;
    readonly refused: (provider: string) => string;
    readonly refusedWithoutAnswer: string;
    readonly close: string;
    readonly providers: string;
    readonly accepted: (count: number) => string;
  };
  readonly empty: {
    readonly title: string;
    readonly intro: string;
    readonly steps: readonly [accounts: string, webhooks: string, send: string];
    readonly promise: string;
  };
  readonly choosePhone: string;
  readonly connection: { readonly lost: string; readonly connecting: string };
  readonly appearance: { readonly light: string; readonly dark: string };
  readonly otherLanguage: string;
}
