import type { Listing, ListingWarning, Way } from '../../domain/listing.ts';
import type { Paper } from '../../domain/paper.ts';
import { entrySchema, pathOf } from './schema.ts';
import { unknownShape } from './shape.ts';
import { translateEntry } from './translate.ts';

/** What one way in found of a listing. */
export interface Finding {
  papers: Paper[];
  warnings: ListingWarning[];
}

/**
 * Checks the entries of a list one by one: a bad one costs itself and a warning, one that repeats an id likewise.
 *
 * `at` is where the list stands in the payload. Errors: `SourceFormatError` when every entry is bad: that is no
 * longer a slip but another shape.
 */
export function readEntries(
  entries: readonly unknown[],
  listing: Listing,
  { way, at = [] }: { way: Way; at?: readonly PropertyKey[] },
): Finding {
  const papers = new Map<string, Paper>();
  const warnings: ListingWarning[] = [];
  let firstBad: { path: string; reason: string } | undefined;
  for (const [index, entry] of entries.entries()) {
    const read = entrySchema.safeParse(entry);
    if (!read.success) {
      const issue = read.error.issues[0];
      const bad = {
        path: pathOf([...at, index, ...(issue?.path ?? [])]),
        reason: issue?.message ?? 'unknown',
      };
      firstBad ??= bad;
      warnings.push({ code: 'bad-entry', message: `Entry ${bad.path} cannot be read: ${bad.reason}.` });
    } else if (papers.has(read.data.paper.id)) {
      const { id } = read.data.paper;
      warnings.push({ code: 'duplicate-entry', message: `Paper ${id} is in the list more than once.` });
    } else {
      papers.set(read.data.paper.id, translateEntry(read.data, listing));
    }
  }
  if (firstBad && papers.size === 0) {
    const { path, reason } = firstBad;
    throw unknownShape(way, `not one entry is known: ${path}: ${reason}`, path);
  }
  return { papers: [...papers.values()], warnings };
}
