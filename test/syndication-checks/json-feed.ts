import { z } from 'zod';
import { type Faults, htmlFaults, isAbsolute, isRfc3339, repeated } from './rules.ts';

const address = z.string().refine(isAbsolute, 'no absolute address');
const date = z.string().refine(isRfc3339, 'no date of RFC 3339');
const text = z.string().refine((said) => said.trim() !== '' && said.isWellFormed(), 'no text');
const author = z.strictObject({ name: text, url: address.optional() });

const item = z.strictObject({
  id: text,
  url: address.optional(),
  external_url: address.optional(),
  title: text.optional(),
  summary: text.optional(),
  content_html: text,
  date_published: date.optional(),
  date_modified: date.optional(),
  authors: z.array(author).min(1).optional(),
  tags: z.array(text).optional(),
});

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/, 2026-11-23), as far as we use it. */
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: text,
  description: text.optional(),
  home_page_url: address.optional(),
  feed_url: address,
  icon: address.optional(),
  favicon: address.optional(),
  language: z.literal('en').optional(),
  authors: z.array(author).min(1).optional(),
  items: z.array(item),
});
export type JsonFeed = z.infer<typeof JsonFeed>;

/** Errors: `ZodError`, `SyntaxError`. */
export function readJsonFeed(source: string): JsonFeed {
  return JsonFeed.parse(JSON.parse(source));
}

/** What a document breaks of JSON Feed 1.1. */
export function jsonFeedFaults(source: string): Faults {
  let read: z.ZodSafeParseResult<JsonFeed>;
  try {
    read = JsonFeed.safeParse(JSON.parse(source));
  } catch {
    return ['It is no JSON.'];
  }
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { items } = read.data;
  return [
    ...repeated(items.map(({ id }) => id)).map((id) => `item: the id ${id} stands twice`),
    ...items.flatMap(({ id, content_html }) => htmlFaults(`item ${id}`, content_html)),
  ];
}
