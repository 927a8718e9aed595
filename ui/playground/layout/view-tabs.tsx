import { ChartNoAxesColumn, Layers, PenLine, Route, Smartphone } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from '../../phone/icons/icon.js';
import { usePlaygroundTexts } from '../language/texts.js';
import type { View } from './views.js';

const drawings = { compose: PenLine, phone: Smartphone, providers: Layers, timeline: Route, queue: ChartNoAxesColumn };

export interface ViewTabsProps {
  readonly views: readonly View[];
  readonly shown: View;
  readonly onShow: (view: View) => void;
  readonly children: ComponentChildren;
}

/** Tabs, and the view of the chosen tab. */
export function ViewTabs({ views, shown, onShow, children }: ViewTabsProps) {
  const texts = usePlaygroundTexts();
  const id = useId();
  const handleKey = (event: KeyboardEvent): void => {
    const place = views.indexOf(shown);
    const places = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 };
    const next = Object.entries(places).find(([key]) => key === event.key)?.[1];
    const view = next === undefined ? undefined : views.at(next % views.length);
    if (!view) return;
    event.preventDefault();
    onShow(view);
    document.getElementById(`${id}-${view}`)?.focus();
  };
  return (
    <div class="views">
      <div class="view-tabs" role="tablist" aria-label={texts.views.label} onKeyDown={handleKey} tabIndex={-1}>
        {views.map((view) => (
          <button
            key={view}
            id={`${id}-${view}`}
            type="button"
            role="tab"
            aria-selected={view === shown}
            aria-controls={`${id}-panel`}
            tabIndex={view === shown ? 0 : -1}
            onClick={() => onShow(view)}
          >
            <Icon of={drawings[view]} size={17} />
            {texts.views[view]}
          </button>
        ))}
      </div>
      <div class={`view view--${shown}`} id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown}`}>
        {children}
      </div>
    </div>
  );
}
