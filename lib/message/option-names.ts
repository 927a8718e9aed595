/** The names of a call's options, to know a slip by; the compiler holds them to the options' interface. */
export function optionNames<Options>(names: Readonly<Record<keyof Options, true>>): ReadonlySet<string> {
  return new Set(Object.keys(names));
}
