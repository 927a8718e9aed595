/** The names of a call's options, to know a slip by; the compiler holds them to the options' interface. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** The names of whatever options. */
export type AnyOptionNames = Readonly<Record<string, true>>;
