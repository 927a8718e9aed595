import { useEffect, useState } from 'preact/hooks';

const copiedMs = 2_000;

/** Returns whether a text was copied a moment ago, and the function that copies it. */
export function useCopy(text: string): { readonly isCopied: boolean; readonly copy: () => void } {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const end = window.setTimeout(() => setCopied(false), copiedMs);
    return () => window.clearTimeout(end);
  }, [isCopied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return { isCopied, copy };
}
