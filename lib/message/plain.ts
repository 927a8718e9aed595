/**
 * The plain form of a DTO class: an object with the same fields. Instances of the class are assignable, too.
 *
 * @example
 * const text: Plain<SendTextDto> = { phone: '5511999999999', message: 'See you tomorrow.' };
 *
 * @publicApi
 */
export type Plain<T> = T extends object ? { [Field in keyof T]: Plain<T[Field]> } : T;
