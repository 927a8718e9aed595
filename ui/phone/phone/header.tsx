import { AudioLines, CirclePlay, FileText, Image, Sticker } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneHeader } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';

type MediaHeader = Exclude<PhoneHeader, { kind: 'text' }>;

const drawings = { image: Image, video: CirclePlay, document: FileText, audio: AudioLines, sticker: Sticker } as const;

/** The header of a message. */
export function Header({ header }: { header: PhoneHeader }) {
  const title = header.kind === 'text' ? header.text : header.title;
  return (
    <>
      {header.kind !== 'text' && <Medium medium={header} />}
      {title && (
        <p class="title" dir="auto">
          {title}
        </p>
      )}
    </>
  );
}

/** An image, a video, a sound or a document, or a placeholder if it cannot be loaded. */
export function Medium({ medium }: { medium: MediaHeader }) {
  const texts = useTexts();
  const [failed, setFailed] = useState('');
  const { kind, url = '' } = medium;
  const isLoadable = /^https?:\/\//i.test(url) && failed !== url;
  const name = medium.filename || fileName(url);
  if (kind === 'document') {
    return (
      <p class="document">
        <Icon of={FileText} size={26} />
        <bdi>{name || texts.document}</bdi>
      </p>
    );
  }
  if (!isLoadable) {
    return (
      <div class={`medium medium--missing medium--${kind}`}>
        <Icon of={drawings[kind]} size={30} />
        <span>{texts[kind]}</span>
        <small>
          <bdi>{name || texts.notLoaded}</bdi>
        </small>
      </div>
    );
  }
  const fail = (): void => setFailed(url);
  if (kind === 'image' || kind === 'sticker') {
    return (
      <img
        class={`medium medium--${kind}`}
        src={url}
        alt={texts[kind]}
        loading="lazy"
        referrerpolicy="no-referrer"
        onError={fail}
      />
    );
  }
  if (kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: messages have no captions
    return <audio class="sound" src={url} controls preload="metadata" aria-label={texts.audio} onError={fail} />;
  }
  // biome-ignore lint/a11y/useMediaCaption: messages have no captions
  return <video class="medium" src={url} controls preload="metadata" aria-label={texts.video} onError={fail} />;
}

function fileName(url: string): string {
  if (!URL.canParse(url)) return '';
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
