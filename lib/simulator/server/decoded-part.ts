/** Decodes a part of a path. @param otherwise What is returned for a part that is not valid. */
export function decodedPart(part: string, otherwise = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return otherwise;
  }
}
