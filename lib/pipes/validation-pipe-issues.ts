import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { DtoJudge } from './dto-judge.js';
import { isDtoClass } from './nested-class.js';
import { noteIssues } from './refused-by-validation-pipe.js';

/**
 * Stands before the application's global pipes. Where a `ValidationPipe` among them refuses a message of ours, it puts
 * our issues on that exception, so that `ButtonMessagingExceptionFilter` answers in one form whichever pipe comes first.
 * It refuses nothing that the `ValidationPipe` lets pass, and changes no value.
 */
export class ValidationPipeIssues implements PipeTransform {
  // A ValidationPipe knows the default limits only.
  private readonly judge = new DtoJudge();

  constructor(private readonly application: Pick<ApplicationConfig, 'getGlobalPipes'>) {}

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { metatype } = metadata;
    if (!isDtoClass(metatype) || !this.judge.concerns(metatype)) return value;
    const pipes = this.pipesToLastValidation();
    return pipes.length === 0 ? value : this.explain(value, metadata, pipes);
  }

  private async explain(value: unknown, metadata: ArgumentMetadata, pipes: readonly PipeTransform[]): Promise<unknown> {
    const issues = isDtoClass(metadata.metatype) ? await this.judge.issuesOf(metadata.metatype, value) : [];
    if (issues.length === 0) return value;
    const refusal = await refusalBy(pipes, value, metadata);
    if (!refusal) return value;
    // Unknown fields may be stripped: they are no reason beside another.
    const reasons = issues.filter(({ rule }) => rule !== 'unknownField');
    noteIssues(refusal, reasons.length > 0 ? reasons : issues);
    throw refusal;
  }

  private pipesToLastValidation(): PipeTransform[] {
    const others = this.application.getGlobalPipes().filter((pipe) => pipe !== this);
    return others.slice(0, others.findLastIndex((pipe) => pipe instanceof ValidationPipe) + 1);
  }
}

/** What a `ValidationPipe` among the pipes throws; undefined where none does. */
async function refusalBy(
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
