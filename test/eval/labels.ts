import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PaperId } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { UsageError } from '../../src/errors.ts';
import { expectFolder, readLines } from './lines.ts';

const idSchema = z.string().min(1);
const slugs = new Set(BUILT_IN_TOPICS.map(({ slug }) => slug));

const querySchema = z.object({
  query: z.string(),
  kind: z.string().min(1),
  relevant: z.union([idSchema.transform((id) => [id]), z.array(idSchema).min(1)]),
});

const paperSchema = z.object({
  id: idSchema,
  topics: z.array(z.string().refine((slug) => slugs.has(slug), 'not a built-in topic')),
});

/** What a person might type, and the papers that answer it; at least one. */
export type LabelledQuery = z.output<typeof querySchema>;

/** A paper with every topic whose followers would want it; their order says nothing. */
export type LabelledPaper = z.output<typeof paperSchema>;

/** What is known to be right. */
export interface Labels {
  queries: LabelledQuery[];
  papers: LabelledPaper[];
}

/** Reads `queries.jsonl` and `topics.jsonl` of a folder. Errors: `UsageError` when one is missing or cannot be read. */
export function readLabels(folder: string): Labels {
  expectFolder(folder, '--eval');
  return {
    queries: readLines(fileIn(folder, 'queries.jsonl'), querySchema),
    papers: readLines(fileIn(folder, 'topics.jsonl'), paperSchema),
  };
}

function fileIn(folder: string, name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) throw new UsageError(`There is no ${name} in "${folder}" (--eval).`);
  return path;
}

/** Leaves out ids that `has` denies, and queries to which none is left. Out: also those ids, each once. */
export function keepKnown(labels: Labels, has: (id: PaperId) => boolean): Labels & { unknown: PaperId[] } {
  const named = [...labels.papers.map(({ id }) => id), ...labels.queries.flatMap(({ relevant }) => relevant)];
  return {
    queries: labels.queries
      .map((query) => ({ ...query, relevant: query.relevant.filter(has) }))
      .filter(({ relevant }) => relevant.length > 0),
    papers: labels.papers.filter(({ id }) => has(id)),
    unknown: [...new Set(named)].filter((id) => !has(id)),
  };
}
