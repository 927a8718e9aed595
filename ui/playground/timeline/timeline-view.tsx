import { Route } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import type { ShownTimeline } from '../client/live-state.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { FaultPanel, type FaultPanelProps } from './fault-panel.js';
import { TimelineList } from './timeline-list.js';
import { TimelineSteps } from './timeline-steps.js';
import './timeline.css';

export interface TimelineViewProps extends FaultPanelProps {
  readonly timelines: readonly ShownTimeline[];
  readonly shown: ShownTimeline | undefined;
  readonly onChoose: (id: string) => void;
}

/** Shows what happened to the messages, and injects faults. */
export function TimelineView({ timelines, shown, onChoose, ...faultPanel }: TimelineViewProps) {
  const { timeline: texts } = usePlaygroundTexts();
  return (
    <section class="timeline-view" aria-label={texts.label}>
      <FaultPanel {...faultPanel} />
      {shown ? (
        <>
          <TimelineList timelines={timelines} shown={shown.id} onChoose={onChoose} />
          <TimelineSteps key={shown.id} timeline={shown} />
        </>
      ) : (
        <p class="view-empty">
          <Icon of={Route} size={30} />
          {texts.empty}
        </p>
      )}
    </section>
  );
}
