import { WifiOff } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneBook } from '../phone/client/phone-book.js';
import type { SimulatorClient } from '../phone/client/simulator-client.js';
import { Icon } from '../phone/icons/icon.js';
import { Toast } from '../simulator/toast.js';
import type { PlaygroundClient, Setting } from './client/playground-client.js';
import { useLiveState } from './client/use-live-state.js';
import { ComposeForm } from './compose/compose-form.js';
import type { Draft } from './draft/draft.js';
import { exampleDraft } from './draft/examples.js';
import { lastReply } from './draft/last-reply.js';
import { usePreview } from './draft/use-preview.js';
import { usePlaygroundTexts } from './language/texts.js';
import { useAttempts } from './layout/attempts.js';
import { ViewTabs } from './layout/view-tabs.js';
import { useRoom, type View, viewsIn } from './layout/views.js';
import { PhonePreview } from './preview/phone-preview.js';
import { ProvidersView } from './providers/providers-view.js';
import { QueueView } from './queue/queue-view.js';
import { TimelineView } from './timeline/timeline-view.js';

export interface PlaygroundProps {
  readonly setting: Setting;
  readonly client: PlaygroundClient;
  readonly simulator: SimulatorClient;
  readonly book: PhoneBook;
}

/** The page's body: the form, the phone and the views that fit. */
export function Playground({ setting, client, simulator, book }: PlaygroundProps) {
  const texts = usePlaygroundTexts();
  const news = useLiveState(client);
  const room = useRoom();
  const { slip, attempt } = useAttempts();
  const [draft, setDraft] = useState<Draft>(() => exampleDraft('appointment', texts.examples.texts));
  const [shownPhone, setShownPhone] = useState<'draft' | 'phone'>('draft');
  const [view, setView] = useState<View>('compose');
  const [chosen, choose] = useState('');
  const reply = lastReply(news.timelines, draft);
  const previewed = usePreview(draft, reply?.messageId, client);
  // A sent message is chosen before its first update arrives.
  const timeline = chosen === '' ? news.timelines[0] : news.timelines.find(({ id }) => id === chosen);
  const { views, shown } = viewsIn(room, view);

  const change = (changed: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changed }));
    setShownPhone('draft');
    // On a wide screen, the phone shows the draft while the user writes.
    if (room === 'wide') setView('providers');
  };
  const send = async (): Promise<void> => {
    choose(await client.send(draft, reply?.messageId));
    setShownPhone('phone');
    setView(room === 'narrow' ? 'phone' : 'timeline');
  };
  const chooseTimeline = (id: string): void => {
    choose(id);
    setShownPhone('phone');
  };

  const form = (
    <ComposeForm
      draft={draft}
      change={change}
      accounts={setting.accounts}
      previewed={previewed}
      lastReply={reply}
      onSend={() => void attempt(send())}
    />
  );
  const providers = <ProvidersView previewed={previewed} chosen={draft.account} />;
  const phone = (
    <PhonePreview
      shows={shownPhone}
      onShow={setShownPhone}
      previewed={previewed}
      accounts={setting.accounts}
      timeline={timeline}
      book={book}
      client={simulator}
    />
  );
  return (
    <main class={`playground playground--${room}`}>
      {!news.isConnected && (
        <p class="lost" role="status">
          <Icon of={WifiOff} size={16} />
          {texts.lost}
        </p>
      )}
      {room !== 'narrow' && form}
      {room === 'wide' && phone}
      <ViewTabs views={views} shown={shown} onShow={setView}>
        {shown === 'compose' && form}
        {(shown === 'providers' || shown === 'compose') && providers}
        {shown === 'phone' && phone}
        {shown === 'timeline' && (
          <TimelineView
            timelines={news.timelines}
            shown={timeline}
            onChoose={chooseTimeline}
            setting={setting}
            pending={news.faults}
            onFail={(fault) => void attempt(client.fail(fault))}
            onHeal={() => void attempt(client.heal())}
          />
        )}
        {shown === 'queue' && (
          <QueueView client={client} draft={draft} moments={news.queue} isPaused={news.isPaused} attempt={attempt} />
        )}
      </ViewTabs>
      <Toast slip={slip} />
    </main>
  );
}
