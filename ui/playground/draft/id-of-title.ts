/** Returns the ID for a new title. It follows the title until the user writes another ID. */
export function followingId(id: string, before: string, title: string): string {
  return id === idOfTitle(before) ? idOfTitle(title) : id;
}

/** Returns an ID of letters and digits: `another-time` for “Another time!”. */
function idOfTitle(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
