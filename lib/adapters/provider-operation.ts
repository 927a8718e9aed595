import type { Account } from '../config/accounts/account.js';
import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import type { DtoClass, DtoValidator } from '../validation/index.js';
import type { Mapping, OutgoingMessage } from './provider-adapter.interface.js';

/** An operation of a provider that sends a message: the rules of its DTO, and its request. */
export interface ProviderOperation<Dto extends object, A extends Account = Account> {
  dto: DtoClass<Dto>;
  /** Adds what the account has and the DTO does not. */
  complete?(dto: Dto, account: A): Dto;
  /** Returns the issues that the rules of the DTO cannot find. */
  issues?(dto: Dto): Issue[];
  /** Creates the request of a valid DTO. */
  outgoingOf(dto: Dto): OutgoingMessage;
}

/** Converts a DTO into its request, or returns the reasons why its rules reject it. */
export type MapDto<A extends Account> = <Dto extends object>(operation: ProviderOperation<Dto, A>, dto: Dto) => Mapping;

/** @param limits Default: WhatsApp's limits. */
export function dtoMapper<A extends Account>(validator: DtoValidator, account: A, limits?: MessageLimits): MapDto<A> {
  return (operation, given) => {
    const dto = operation.complete?.(given, account) ?? given;
    const issues = validator.validate(operation.dto, dto, limits);
    return issues.length > 0
      ? { reasons: issues.map(({ message }) => message) }
      : { outgoing: operation.outgoingOf(dto) };
  };
}
