const MAX_CHARACTERS = 255;

/**
 * Returns the name of a file without folders and invisible characters, because people choose it. Returns undefined if
 * nothing is left.
 */
export function safeFilename(given = ''): string | undefined {
  const name = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
  const visible = name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  return /^\.*$/.test(visible) ? undefined : visible.slice(-MAX_CHARACTERS);
}
