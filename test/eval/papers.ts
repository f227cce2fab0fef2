import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isDay } from '../../src/domain/calendar.ts';
import { mergePaper, type Paper, type PaperId } from '../../src/domain/paper.ts';
import { UsageError } from '../../src/errors.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { expectFolder, readLines } from './lines.ts';

const daySchema = z.object({ day: z.string().refine(isDay, 'not a day'), items: z.array(z.unknown()) });

/** The papers of one or more folders of daily lists. */
export interface Corpus {
  /** By id, each once, in the order they were first listed. */
  papers: ReadonlyMap<PaperId, Paper>;
  /** Entries of lists that could not be read, or stood in one list twice. */
  leftOut: number;
}

/**
 * Reads folders of daily lists (`*.jsonl`, also packed as `.gz`) as one, oldest list first, with the source's own reader:
 * text is as clean as it is in the archive, and of a paper on several lists the latest values win.
 *
 * Errors: `UsageError` when a folder is missing, holds no list or one that cannot be read.
 */
export function readPapers(folders: readonly string[]): Corpus {
  const lists = folders.flatMap(readFolder).sort((one, other) => one.day.localeCompare(other.day));
  const papers = new Map<PaperId, Paper>();
  let leftOut = 0;
  for (const { day, items } of lists) {
    const read = readEntries(items, { kind: 'daily', key: day }, { way: 'api' });
    for (const paper of read.papers) papers.set(paper.id, mergePaper(papers.get(paper.id), paper));
    leftOut += read.warnings.length;
  }
  return { papers, leftOut };
}

function readFolder(folder: string): z.output<typeof daySchema>[] {
  expectFolder(folder, '--corpus');
  const files = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  if (files.length === 0)
    throw new UsageError(`There is no daily list (*.jsonl.gz) in "${folder}" (--corpus).`);
  return files.sort().flatMap((name) => readLines(join(folder, name), daySchema));
}
