import { useCallback, useEffect, useState } from 'preact/hooks';

/** Returns the phone in the page's URL, so that the browser's back and forward buttons change the phone. */
export function useChosenPhone(): [string | undefined, (address: string | undefined) => void] {
  const [address, setAddress] = useState(addressInHash);
  useEffect(() => {
    const follow = (): void => setAddress(addressInHash());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const choose = useCallback((next: string | undefined): void => {
    window.location.hash = next === undefined ? '' : `phone=${encodeURIComponent(next)}`;
  }, []);
  return [address, choose];
}

function addressInHash(): string | undefined {
  return new URLSearchParams(window.location.hash.slice(1)).get('phone') ?? undefined;
}
