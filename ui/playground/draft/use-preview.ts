import { useEffect, useState } from 'preact/hooks';
import type { PlaygroundClient, Preview } from '../client/playground-client.js';
import type { Draft } from './draft.js';

const pauseMs = 180;

/** A draft, and its preview for each account. */
export interface Previewed {
  readonly draft: Draft;
  /** The ID of the person's last message, if there is one. */
  readonly quoted: string | undefined;
  readonly previews: readonly Preview[];
}

/**
 * Returns the latest preview of the draft. It is loaded when the user stops typing.
 *
 * @param quoted The ID of the person's last message, if there is one.
 */
export function usePreview(draft: Draft, quoted: string | undefined, client: PlaygroundClient): Previewed {
  const [previewed, setPreviewed] = useState<Previewed>({ draft, quoted, previews: [] });
  useEffect(() => {
    const ended = new AbortController();
    const look = (): void => {
      client.preview(draft, quoted, ended.signal).then(
        (previews) => setPreviewed({ draft, quoted, previews }),
        // The draft has changed, or the server is unreachable, which the page shows elsewhere.
        () => {},
      );
    };
    const pause = window.setTimeout(look, pauseMs);
    return () => {
      window.clearTimeout(pause);
      ended.abort();
    };
  }, [draft, quoted, client]);
  return previewed;
}
