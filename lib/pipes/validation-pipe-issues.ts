import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { MessageDtoValidator } from './message-dto.validator.js';
import { isDtoClass } from './nested-class.js';
import { noteIssues } from './rejected-by-validation-pipe.js';

/**
 * Runs before the application's global pipes. If a `ValidationPipe` rejects a DTO of this package, it adds the issues
 * to the exception, so that `ButtonMessagingExceptionFilter` responds in one format whichever pipe is first. It rejects
 * nothing else, and changes no value.
 */
export class ValidationPipeIssues implements PipeTransform {
  // A ValidationPipe applies the default limits.
  private readonly validator = new MessageDtoValidator();

  constructor(private readonly application: Pick<ApplicationConfig, 'getGlobalPipes'>) {}

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { metatype } = metadata;
    if (!isDtoClass(metatype) || !this.validator.mayContainDto(metatype)) return value;
    const pipes = this.pipesToLastValidation();
    return pipes.length === 0 ? value : this.explain(value, metadata, pipes);
  }

  private async explain(value: unknown, metadata: ArgumentMetadata, pipes: readonly PipeTransform[]): Promise<unknown> {
    const issues = isDtoClass(metadata.metatype) ? await this.validator.issuesOf(metadata.metatype, value) : [];
    if (issues.length === 0) return value;
    const rejection = await rejectionBy(pipes, value, metadata);
    if (!rejection) return value;
    // Unknown fields may be stripped. They are reported only without other issues.
    const reasons = issues.filter(({ rule }) => rule !== 'unknownField');
    noteIssues(rejection, reasons.length > 0 ? reasons : issues);
    throw rejection;
  }

  private pipesToLastValidation(): PipeTransform[] {
    const others = this.application.getGlobalPipes().filter((pipe) => pipe !== this);
    return others.slice(0, others.findLastIndex((pipe) => pipe instanceof ValidationPipe) + 1);
  }
}

/** Returns what a `ValidationPipe` among the pipes throws, or undefined. */
async function rejectionBy(
  pipes: readonly PipeTransform[],
  given: unknown,
  metadata: ArgumentMetadata,
): Promise<object | undefined> {
  let value = given;
  for (const pipe of pipes) {
    try {
      value = await pipe.transform(value, metadata);
    } catch (error) {
      return pipe instanceof ValidationPipe && typeof error === 'object' && error !== null ? error : undefined;
    }
  }
  return undefined;
}
