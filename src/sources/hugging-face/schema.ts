import { z } from 'zod';
import { parsePaperId } from '../../domain/paper.ts';
import { tidyText, tidyTitle } from '../../text/tidy.ts';

/** What may be missing and is then absent; of the wrong type it counts as missing, null too. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const line = z.string().transform(tidyTitle);
/** A line with something in it. */
const name = line.refine((text) => text !== '');
const count = z.number().transform((value) => Math.max(0, Math.trunc(value)));
/** A day or an instant, as an instant. */
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T|$)/)
  .transform((text) => Date.parse(text))
  .refine((ms) => !Number.isNaN(ms))
  .transform((ms) => new Date(ms).toISOString());

const organizationSchema = z.object({ name, fullname: maybe(name) });

/** An author as printed; `user` is somebody's account and may be another person's. */
const authorSchema = z.object({ name, hidden: maybe(z.boolean()) });

/**
 * A paper as every way shows it (`huggingface-papers.md` §5.2). Asked for: id, title and votes, without which there is
 * nothing to list; the rest is left out by the site whenever it has none.
 */
export const paperSchema = z.object({
  id: z.string().transform((text, context) => {
    const id = parsePaperId(text);
    if (id === undefined) context.addIssue({ code: 'custom', message: 'not an arXiv id' });
    return id ?? z.NEVER;
  }),
  title: name,
  upvotes: count,
  summary: maybe(z.string().transform(tidyText)),
  authors: maybe(z.array(authorSchema.optional().catch(undefined))),
  publishedAt: maybe(instant),
  submittedOnDailyAt: maybe(instant),
  submittedOnDailyBy: maybe(z.object({ user: name })),
  ai_summary: maybe(z.string().transform(tidyText)),
  ai_keywords: maybe(z.array(line.catch(''))),
  githubRepo: maybe(z.string()),
  githubStars: maybe(count),
  projectPage: maybe(z.string()),
  organization: maybe(organizationSchema),
});
export type SourcePaper = z.output<typeof paperSchema>;

/** An entry of a list (§5.1). Its own `title`, `summary` and `publishedAt` are copies, the last one a wrong one. */
export const entrySchema = z.object({
  paper: paperSchema,
  thumbnail: maybe(z.string()),
  numComments: maybe(count),
  submittedBy: maybe(z.object({ name })),
  organization: maybe(organizationSchema),
});
export type SourceEntry = z.output<typeof entrySchema>;

/** `[3].paper.id`: where in a payload, as `SourceFormatError` writes it. */
export function pathOf(keys: readonly PropertyKey[]): string {
  const written = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return written.replace(/^\./, '');
}
