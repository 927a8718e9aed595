import { useCallback, useEffect, useState } from 'preact/hooks';

/** The phone that the page's address names, so that back and forward lead from phone to phone. */
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
