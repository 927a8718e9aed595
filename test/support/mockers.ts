/** As automatic mocks do: whatever is asked of it is a function, and whatever a function returns is such a thing again. */
export function mockOfAnything(): object {
  const known = new Map<string | symbol, unknown>();
  return new Proxy(function mock() {}, {
    // A promise would be waited for.
    get: (_target, key) => {
      if (key === 'then' || key === Symbol.toPrimitive || key === Symbol.iterator) return undefined;
      if (!known.has(key)) known.set(key, mockOfAnything());
      return known.get(key);
    },
    has: (_target, key) => key !== 'then',
    apply: () => mockOfAnything(),
  });
}

/** What `useMocker` is given. */
export const MOCKERS: [name: string, mocker: () => object][] = [
  ['a mock that answers anything', mockOfAnything],
  ['an empty object', () => ({})],
  [
    'an object whose methods answer nothing',
    () => new Proxy({}, { get: (_target, key) => (key === 'then' ? undefined : () => undefined) }),
  ],
];
