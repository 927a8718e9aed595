import { useEffect, useReducer } from 'preact/hooks';
import type { ComposerNews } from '../../../sample/04-playground/timeline.interface.js';
import type { AsJson } from './as-json.js';
import type { ComposerClient } from './composer-client.js';
import { type News, noNews, withNews } from './news-board.js';

type Told = AsJson<ComposerNews> | { readonly kind: 'connection'; readonly isConnected: boolean };

/** All that the page was told, from the moment it was opened. */
export function useNews(client: ComposerClient): News {
  const [news, hear] = useReducer<News, Told>(
    (known, told) => (told.kind === 'connection' ? { ...known, isConnected: told.isConnected } : withNews(known, told)),
    noNews,
  );
  useEffect(() => client.listen(hear, (isConnected) => hear({ kind: 'connection', isConnected })), [client]);
  return news;
}
