/** The built-in classes: a class that extends one and sets no name inherits theirs. */
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

/** What an error is called: by the name that it was given, else by its class; of anything else, what type it has. */
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

/** Empty where the class has no name, or is Node's for its own errors, which says less than what it extends. */
function className(error: Error): string {
  const { name }: { name?: unknown } = error.constructor;
  return typeof name === 'string' && name !== 'NodeError' ? name : '';
}
