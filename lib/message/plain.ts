/**
 * The plain form of a DTO class: an object with its fields, nested ones included. An instance of the class fits as well.
 *
 * @example
 * const text: Plain<SendTextDto> = { phone: '5511999999999', message: 'See you tomorrow.' };
 */
export type Plain<T> = T extends object ? { [Field in keyof T]: Plain<T[Field]> } : T;
