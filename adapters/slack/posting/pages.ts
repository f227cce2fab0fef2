import { z } from 'zod';
import type { Ask, Question } from './ask.ts';
import { read } from './failures.ts';

const moreSchema = z.object({
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

/** Slack recommends no more than 200 a page (docs.slack.dev/apis/web-api/pagination, 2026-11-26). */
const PAGE_SIZE = 200;
/** Of 20 a minute that lists allow (tier 2). */
const MOST_PAGES = 10;

/** The answers to a question whose answer comes in pages, the first 2,000 entries at most. Errors: those of `Ask`. */
export async function pagesOf(question: Omit<Question, 'channel'>, ask: Ask): Promise<unknown[]> {
  const pages: unknown[] = [];
  let cursor = '';
  do {
    const more = cursor === '' ? {} : { cursor };
    const args = { ...question.args, limit: PAGE_SIZE, ...more };
    const { data } = await ask({ ...question, args, channel: '' });
    pages.push(data);
    cursor = read(moreSchema, data, { channel: '' }).response_metadata.next_cursor;
  } while (cursor !== '' && pages.length < MOST_PAGES);
  return pages;
}
