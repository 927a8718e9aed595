import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { InboundMedia } from '../../events/messaging-event.interface.js';
import { anonymousRequest, mediaHostsOf, mediaUrlOf } from '../media-requests.js';
import type { MediaLocation } from '../provider-adapter.interface.js';

/** Z-API's own hosts, and its storage at Backblaze, as its callbacks name them. */
const MEDIA_HOSTS: readonly string[] = ['.z-api.io', '.backblazeb2.com'];

/**
 * Returns where a file is. Z-API deletes files after 30 days, and needs no credentials for them.
 *
 * @see https://developer.z-api.io/en/tips/file-expiration
 */
export function zApiMedia(media: InboundMedia, account: ZApiAccount): MediaLocation {
  return { url: mediaUrlOf(media, account), ...mediaHostsOf(account, MEDIA_HOSTS), request: anonymousRequest };
}
