// A refusal names a field of the request; this puts it at the field on the screen.
import { ErrorSchemaBuilder, type ErrorSchema, type RJSFSchema } from '@rjsf/utils';
import type { Problem } from '../api/types';
import { segmentsOf, valueAt } from './pointer';

/** Whether the form shows a field for this pointer; conditional parts (allOf, then, dependencies) are looked through. */
export function hasField(schema: RJSFSchema, pointer: string): boolean {
  return declares(schema, segmentsOf(pointer));
}

function declares(schema: unknown, path: string[]): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const [head, ...rest] = path;
  if (head === undefined) return true;
  const node = schema as RJSFSchema;
  const direct = node.properties?.[head];
  if (direct !== undefined && declares(direct, rest)) return true;
  if (node.items !== undefined && /^\d+$/.test(head) && declares(node.items, rest)) return true;
  const branches: unknown[] = [
    ...(node.allOf ?? []), ...(node.oneOf ?? []), ...(node.anyOf ?? []), node.then, node.else,
    ...Object.values(node.dependencies ?? {}),
  ];
  return branches.some((branch) => declares(branch, path));
}

export interface SortedProblems {
  /** For rjsf, by field. */
  atFields: ErrorSchema;
  /** Those that belong to no field of this form: shown above it. */
  elsewhere: Problem[];
}

export function sortProblems(problems: Problem[], schema: RJSFSchema): SortedProblems {
  const builder = new ErrorSchemaBuilder();
  const elsewhere: Problem[] = [];
  for (const problem of problems) {
    if (problem.field && segmentsOf(problem.field).length > 0 && hasField(schema, problem.field)) {
      builder.addErrors(problem.message, segmentsOf(problem.field));
    } else {
      elsewhere.push(problem);
    }
  }
  return { atFields: builder.ErrorSchema, elsewhere };
}

/** Problems that still hold: once the person changed the field, the complaint about it has served. */
export function stillTrue(problems: Problem[], sent: unknown, now: unknown): Problem[] {
  return problems.filter(
    ({ field }) => !field || JSON.stringify(valueAt(sent, field)) === JSON.stringify(valueAt(now, field)),
  );
}
