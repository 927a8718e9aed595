import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { InboundMedia } from '../../events/messaging-event.interface.js';
import { anonymousRequest, mediaHostsOf, mediaUrlOf } from '../media-requests.js';
import type { MediaLocation } from '../provider-adapter.interface.js';
import { chatvoltRequestBuilder } from './chatvolt.request-builder.js';

/** Chatvolt's own hosts and its storage, as its open source code names them. */
const MEDIA_HOSTS: readonly string[] = ['.chatvolt.ai', 'chatvolt.s3.amazonaws.com'];

/** Returns where an attachment is. Only the API itself gets the key. */
export function chatvoltMedia(media: InboundMedia, account: ChatvoltAccount): MediaLocation {
  const { origin } = new URL(account.baseUrl);
  return {
    url: mediaUrlOf(media, account),
    ...mediaHostsOf(account, MEDIA_HOSTS),
    request: (url) => (url.origin === origin ? chatvoltRequestBuilder(account).getUrl(url) : anonymousRequest(url)),
  };
}
