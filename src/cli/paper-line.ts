import { z } from 'zod';
import { type PaperId, parsePaperId } from '../domain/paper.ts';
import { tidyText, tidyTitle } from '../text/tidy.ts';
import type { Judged } from '../topics/evidence.ts';

/** What a line of text asks about: a paper that it holds, one that is to be looked up, or nothing, with a sentence. */
export type Asked = { paper: Judged; id?: string } | { wanted: PaperId } | { error: string };

/** Null counts as absent, as many programs write it so. */
const paperLine = z.object({
  id: z.string({ error: 'The "id" is no text.' }).nullish(),
  title: z
    .string({ error: ({ input }) => `The "title" is ${input === undefined ? 'missing' : 'no text'}.` })
    .transform(tidyTitle)
    .refine((title) => title !== '', 'The "title" is empty.'),
  abstract: z.string({ error: 'The "abstract" is no text.' }).transform(tidyText).nullish(),
  keywords: z.array(z.string('One of the "keywords" is no text.'), 'The "keywords" are no list.').nullish(),
});

/** Reads a line: a JSON object with a title, or the id of a paper, or a link to it. Text is clean as from the source. */
export function readPaperLine(text: string): Asked {
  const line = text.trim();
  if (line === '') return { error: 'The line is empty.' };
  if (line.startsWith('{')) return readObject(line);
  const wanted = parsePaperId(line);
  return wanted === undefined
    ? { error: 'The line is neither the id of a paper, nor a link to one, nor a JSON object.' }
    : { wanted };
}

function readObject(line: string): Asked {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'The line is no whole JSON object.' };
  }
  const read = paperLine.safeParse(value);
  if (!read.success) return { error: read.error.issues[0]?.message ?? 'The line is no paper.' };
  const { id, title, abstract, keywords } = read.data;
  return {
    ...(id == null ? {} : { id }),
    paper: { title, keywords: distinct(keywords ?? []), ...(abstract == null ? {} : { abstract }) },
  };
}

/** As the source's own keywords are read: one that is repeated must not count twice. */
function distinct(keywords: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const keyword of keywords.map(tidyTitle)) {
    const key = keyword.toLowerCase();
    if (keyword !== '' && !seen.has(key)) seen.set(key, keyword);
  }
  return [...seen.values()];
}
