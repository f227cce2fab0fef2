import type { Hono } from 'hono';
import { goToNewest, showDay, showDays } from './days.ts';
import { showPaper } from './paper.ts';
import type { ArchiveParts } from './parts.ts';
import { showSearch } from './search.ts';
import { showTopic, showTopics } from './topics.ts';

/** Adds the pages that everybody may see: days, papers, topics and the search. They need no script. */
export function addArchivePages(app: Hono, parts: ArchiveParts): void {
  app.get('/days', (context) => showDays(context, parts));
  app.get('/days/newest', (context) => goToNewest(context, parts));
  app.get('/days/:day', (context) => showDay(context, context.req.param('day'), parts));
  app.get('/papers', (context) => context.redirect('/days'));
  app.get('/papers/:id{.+}', (context) => showPaper(context, context.req.param('id'), parts));
  app.get('/topics', (context) => showTopics(context, parts));
  app.get('/topics/:slug', (context) => showTopic(context, context.req.param('slug'), parts));
  app.get('/search', (context) => showSearch(context, parts));
}
