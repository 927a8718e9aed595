/** Built-in classes. A class that extends one and sets no name inherits its name. */
const BUILT_IN: readonly object[] = [
  Error,
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
].map(({ prototype }) => prototype);

/** Returns an error's own name or else the name of its class. Returns the type of any other value. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name } = error;
  return isInherited(error) ? className(error) || name : name;
}

function isInherited(error: Error): boolean {
  let owner: object | null = error;
  while (owner && !Object.hasOwn(owner, 'name')) owner = Object.getPrototypeOf(owner);
  return owner !== null && BUILT_IN.includes(owner);
}

/** Empty if the class has no name, or if it is Node's internal `NodeError`, which is less specific than its base. */
function className(error: Error): string {
  const { name }: { name?: unknown } = error.constructor;
  return typeof name === 'string' && name !== 'NodeError' ? name : '';
}
