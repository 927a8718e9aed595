import { ChevronLeft, ChevronRight } from 'lucide';
import { useRef } from 'preact/hooks';
import type { PhoneCard } from '../../../lib/simulator/phones/phone-message.interface.js';
import { FormattedText } from '../formatting/formatted-text.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { Buttons, type Press } from './buttons.js';
import { Medium } from './header.js';

/** Cards side by side, which scroll by touch, keyboard or buttons. */
export function Carousel({ cards, press }: { cards: readonly PhoneCard[]; press?: Press }) {
  const texts = useTexts();
  const track = useRef<HTMLUListElement>(null);
  const move = (steps: number): void => {
    const width = track.current?.firstElementChild?.getBoundingClientRect().width ?? 0;
    track.current?.scrollBy({ left: steps * (width + 8) });
  };
  return (
    <section class="carousel" aria-label={texts.carousel}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
      <ul class="cards" ref={track} tabIndex={0}>
        {cards.map((card, place) => (
          <li key={place} class="card">
            <Medium kind="image" url={card.image} />
            <FormattedText text={card.text} />
            {card.buttons.length > 0 && <Buttons buttons={card.buttons} {...(press && { press })} />}
          </li>
        ))}
      </ul>
      {cards.length > 1 && (
        <div class="carousel-moves">
          <button type="button" class="round-button" aria-label={texts.previousCard} onClick={() => move(-1)}>
            <Icon of={ChevronLeft} />
          </button>
          <button type="button" class="round-button" aria-label={texts.nextCard} onClick={() => move(1)}>
            <Icon of={ChevronRight} />
          </button>
        </div>
      )}
    </section>
  );
}
