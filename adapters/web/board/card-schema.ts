import { z } from 'zod';
import { type Card, MAX_PANEL_TOPICS } from '../../../src/domain/card.ts';

const text = z.string();
const texts = z.array(text);

const paperSchema = z.object({
  id: text,
  title: text,
  upvotes: z.number(),
  url: text,
  arxivUrl: text,
  pdfUrl: text,
  keywords: texts,
  abstract: text.exactOptional(),
  authors: z.array(z.object({ name: text })).exactOptional(),
  publishedAt: text.exactOptional(),
  listedOn: text.exactOptional(),
  comments: z.number().exactOptional(),
  thumbnailUrl: text.exactOptional(),
  organization: z.object({ name: text, displayName: text }).exactOptional(),
  submittedBy: text.exactOptional(),
  githubUrl: text.exactOptional(),
  githubStars: z.number().exactOptional(),
  projectUrl: text.exactOptional(),
  summary: text.exactOptional(),
});

const entrySchema = z.object({
  number: z.number().int(),
  paper: paperSchema,
  reason: text.exactOptional(),
});

const actionSchema = z.object({
  label: text,
  command: text,
  options: z.record(text, z.union([text, z.number(), z.boolean()])),
});
const actions = z.array(actionSchema).exactOptional();
const ping = text.exactOptional();

const listSchema = z.object({
  kind: z.literal('list'),
  title: text,
  subtitle: text.exactOptional(),
  sections: z.array(z.object({ heading: text.exactOptional(), entries: z.array(entrySchema) })),
  notes: texts,
  actions,
  ping,
});

const paperCardSchema = z.object({
  kind: z.literal('paper'),
  entry: entrySchema,
  notes: texts,
  under: text.exactOptional(),
  actions,
});

const partSchema = z.union([text, z.object({ channel: text }), z.object({ role: text })]);

const textSchema = z.object({
  kind: z.literal('text'),
  title: text,
  paragraphs: texts,
  rows: z
    .array(z.object({ name: text, value: text, parts: z.array(partSchema).exactOptional() }))
    .exactOptional(),
  actions,
  ping,
});

const panelSchema = z.object({
  kind: z.literal('panel'),
  title: text,
  paragraphs: texts,
  topics: z.array(z.object({ slug: text, name: text, emoji: text, meaning: text })).max(MAX_PANEL_TOPICS),
});

/** A card as the ledger gives it back: everything that drawing one looks at is there. */
export const cardSchema = z.discriminatedUnion('kind', [
  listSchema,
  paperCardSchema,
  textSchema,
  panelSchema,
]) satisfies z.ZodType<Card>;
