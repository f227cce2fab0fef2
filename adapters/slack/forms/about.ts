import { z } from 'zod';
import { VIEW_LIMITS } from './parts.ts';

const aboutSchema = z.object({ channel: z.string(), id: z.string().optional() });
/** What a form is about: the place where it was opened, and the feed that is changed; absent for a new one. */
export type FormAbout = z.infer<typeof aboutSchema>;

/** As a view keeps it. Ids of feeds and channels are short; a longer one is not ours. */
export function writeAbout(about: FormAbout): string {
  const written = JSON.stringify(about);
  if (written.length > VIEW_LIMITS.metadata) throw new RangeError('An id is too long for a form.');
  return written;
}

/** Errors: `ZodError`, `SyntaxError` for what no form of ours keeps. */
export function readAbout(metadata: string | null | undefined): FormAbout {
  return aboutSchema.parse(JSON.parse(metadata ?? ''));
}
