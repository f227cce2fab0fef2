import { load } from 'cheerio/slim';
import type { StreamEvent } from './event-stream.ts';

export type Events = AsyncGenerator<StreamEvent>;

export async function next(events: Events): Promise<StreamEvent> {
  const { value, done } = await events.next();
  if (done) throw new Error('The stream is over.');
  return value;
}

/** The title that an event shows. */
export async function title(events: Events): Promise<string> {
  return load((await next(events)).data)('.card-title').text();
}
