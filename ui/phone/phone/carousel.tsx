import { ChevronLeft, ChevronRight } from 'lucide';
import { useRef } from 'preact/hooks';
import type { PhoneCard } from '../../../lib/simulator/phones/phone-message.interface.js';
import { FormattedText } from '../formatting/formatted-text.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { type ButtonRequest, Buttons, type Press } from './buttons.js';
import { Header } from './header.js';

export interface CarouselProps {
  readonly cards: readonly PhoneCard[];
  readonly press?: Press;
  readonly request: ButtonRequest;
}

/** Cards side by side, which scroll by touch, keyboard or buttons. */
export function Carousel({ cards, press, request }: CarouselProps) {
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
            {card.header && <Header header={card.header} />}
            <FormattedText text={card.text} />
            {card.buttons.length > 0 && <Buttons buttons={card.buttons} request={request} {...(press && { press })} />}
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
