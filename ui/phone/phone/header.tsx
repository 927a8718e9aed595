import { CirclePlay, FileText, Image } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneHeader } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';

const drawings = { image: Image, video: CirclePlay, document: FileText } as const;

/** The header of a message. */
export function Header({ header }: { header: PhoneHeader }) {
  const title = header.kind === 'text' ? header.text : header.title;
  return (
    <>
      {header.kind !== 'text' && <Medium kind={header.kind} url={header.url ?? ''} />}
      {title && (
        <p class="title" dir="auto">
          {title}
        </p>
      )}
    </>
  );
}

/** An image, a video or a document, or a placeholder if it cannot be loaded. */
export function Medium({ kind, url }: { kind: 'image' | 'video' | 'document'; url: string }) {
  const texts = useTexts();
  const [failed, setFailed] = useState('');
  const isLoadable = /^https?:\/\//i.test(url) && failed !== url;
  if (kind === 'document') {
    return (
      <p class="document">
        <Icon of={FileText} size={26} />
        <bdi>{fileName(url) || texts.document}</bdi>
      </p>
    );
  }
  if (!isLoadable) {
    return (
      <div class="medium medium--missing">
        <Icon of={drawings[kind]} size={30} />
        <span>{texts[kind]}</span>
        <small>
          <bdi>{fileName(url) || texts.notLoaded}</bdi>
        </small>
      </div>
    );
  }
  const fail = (): void => setFailed(url);
  if (kind === 'image') {
    return (
      <img class="medium" src={url} alt={texts.image} loading="lazy" referrerpolicy="no-referrer" onError={fail} />
    );
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
