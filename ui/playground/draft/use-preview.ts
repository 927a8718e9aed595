import { useEffect, useState } from 'preact/hooks';
import type { PlaygroundClient, Preview } from '../client/playground-client.js';
import type { Draft } from './draft.js';

const pauseMs = 180;

/** A draft, and its preview for each account. */
export interface Previewed {
  readonly draft: Draft;
  readonly previews: readonly Preview[];
}

/** Returns the latest preview of the draft. It is loaded when the user stops typing. */
export function usePreview(draft: Draft, client: PlaygroundClient): Previewed {
  const [previewed, setPreviewed] = useState<Previewed>({ draft, previews: [] });
  useEffect(() => {
    const ended = new AbortController();
    const look = (): void => {
      client.preview(draft, ended.signal).then(
        (previews) => setPreviewed({ draft, previews }),
        // The draft has changed, or the server is unreachable, which the page shows elsewhere.
        () => {},
      );
    };
    const pause = window.setTimeout(look, pauseMs);
    return () => {
      window.clearTimeout(pause);
      ended.abort();
    };
  }, [draft, client]);
  return previewed;
}
