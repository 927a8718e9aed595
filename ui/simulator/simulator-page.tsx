import { Activity as ActivityDrawing, WifiOff } from 'lucide';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { PhoneBook, PhoneEntry } from '../phone/client/phone-book.js';
import type { SimulatorClient } from '../phone/client/simulator-client.js';
import { usePhoneBook } from '../phone/client/use-phone-book.js';
import { Icon } from '../phone/icons/icon.js';
import { LanguageProvider, textsOf } from '../phone/language/language.js';
import type { Texts } from '../phone/language/texts.interface.js';
import { type Act, Phone } from '../phone/phone/phone.js';
import { providerNames } from '../phone/phone/provider-names.js';
import { useActionToast } from './action-toast.js';
import { Activities } from './activities.js';
import { shownAddress, shownName } from './address.js';
import { useChosenPhone } from './chosen-phone.js';
import './simulator-page.css';
import { EmptyPage } from './empty-page.js';
import { LiveAnnouncer } from './live-announcer.js';
import { useNarrowScreen } from './narrow-screen.js';
import { PhoneList } from './phone-list.js';
import { Providers } from './providers.js';
import { useUnread } from './seen-messages.js';
import { useAppearance, useLanguage } from './settings.js';
import { useRovingFocus, useShownPhone } from './shown-phone.js';
import { Toast } from './toast.js';
import { TopBar } from './top-bar.js';

/** The page: all phones, the chosen phone, and its activities. */
export function SimulatorPage({ book, client }: { book: PhoneBook; client: SimulatorClient }) {
  const state = usePhoneBook(book);
  const [language, chooseLanguage] = useLanguage();
  const [appearance, chooseAppearance] = useAppearance();
  const [address, choose] = useChosenPhone();
  const [activitiesOpen, setActivitiesOpen] = useState(false);
  const texts = textsOf(language);
  const { slip, tell } = useActionToast(texts);
  const act = useCallback<Act>((asked) => client.act(asked).then(tell), [client, tell]);
  const isNarrow = useNarrowScreen();
  const shown = useShownPhone(state.phones, address, isNarrow);
  useRovingFocus(shown && isNarrow ? address : undefined, isNarrow);
  const unread = useUnread(state.phones, shown?.owner.address);
  useTitle(texts, unread);
  return (
    <LanguageProvider value={texts}>
      <div class={`desk ${shown ? 'desk--phone' : 'desk--list'}`}>
        {state.connection === 'lost' && (
          <p class="lost" role="status">
            <Icon of={WifiOff} size={16} />
            {texts.connection.lost}
          </p>
        )}
        <aside class="desk-side">
          <TopBar
            language={language}
            onLanguage={chooseLanguage}
            appearance={appearance}
            onAppearance={chooseAppearance}
          />
          {state.phones.length > 0 ? (
            <PhoneList phones={state.phones} shown={shown?.owner.address} unread={unread} onChoose={choose} />
          ) : (
            <Providers providers={state.providers} />
          )}
        </aside>
        <main class="desk-stage">
          {shown ? (
            <Phone
              key={shown.owner.address}
              label={texts.messagesOf(shownName(shown.owner, texts.group))}
              detail={isNarrow ? `${shownName(shown.owner, texts.group)} · ${accountsOf(shown)}` : accountsOf(shown)}
              messages={shown.messages}
              windows={state.windows}
              act={act}
              onBack={() => choose(undefined)}
            >
              <button
                type="button"
                class="round-button activities-opener"
                aria-label={texts.activity.title}
                aria-expanded={activitiesOpen}
                onClick={() => setActivitiesOpen(true)}
              >
                <Icon of={ActivityDrawing} size={20} />
              </button>
            </Phone>
          ) : (
            state.phones.length === 0 && <EmptyPage state={state} />
          )}
          {shown && <OwnerLine phone={shown} texts={texts} />}
        </main>
        {(shown || state.activities.length > 0) && (
          <Activities
            state={state}
            address={shown?.owner.address}
            isOpen={activitiesOpen}
            onClose={() => setActivitiesOpen(false)}
          />
        )}
        <LiveAnnouncer message={state.newest} />
        <Toast slip={slip} />
      </div>
    </LanguageProvider>
  );
}

function OwnerLine({ phone, texts }: { phone: PhoneEntry; texts: Texts }) {
  const address = shownAddress(phone.owner.address);
  const name = shownName(phone.owner, texts.group);
  return (
    <p class="owner">
      <strong>
        <bdi>{name}</bdi>
      </strong>
      {name !== address && <bdi>{address}</bdi>}
    </p>
  );
}

/** Names the providers that wrote to the phone. */
function accountsOf({ messages }: PhoneEntry): string {
  return [...new Set(messages.map(({ provider }) => providerNames[provider]))].join(' · ');
}

function useTitle({ title }: Texts, unread: ReadonlyMap<string, number>): void {
  const count = [...unread.values()].reduce((sum, each) => sum + each, 0);
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${title}` : title;
  }, [title, count]);
}
