import type { Context } from 'hono';
import { BUILT_IN_TOPICS, type Topic } from '../../domain/topic.ts';
import { type Html, html } from '../../html.ts';
import { textsFor } from '../../texts/index.ts';
import type { PapersView } from '../../view.ts';
import { type Site, show, showFault } from '../answers.ts';
import { askedPage, firstPage, pagePath, showPageFault, turnPages } from '../paging.ts';
import { alternatesOf, DAILY, type Syndicated, subscribeLine } from '../syndicated.ts';
import { paperList, type Topical } from './papers.ts';
import type { ArchiveParts } from './parts.ts';

const { listing: LISTING, search: SEARCH } = textsFor(undefined);
const PAPERS_SHOWN = 20;

/** The built-in topics with what belongs to each. */
export async function showTopics(context: Context, { site }: ArchiveParts): Promise<Response> {
  const items = BUILT_IN_TOPICS.map(
    ({ slug, name, emoji, meaning }) =>
      html`<li class="card"><span class="emoji" aria-hidden="true">${emoji}</span><div><h2><a href="/topics/${slug}">${name}</a></h2><p class="muted">${meaning}</p></div></li>\n`,
  );
  const body = html`<h1>Topics</h1>
<p class="lead">Each paper is sorted into these by what it says of itself; it may belong to several.</p>
<ul class="topics">\n${items}</ul>`;
  return await show(context, site, {
    title: 'Topics',
    here: 'topics',
    path: '/topics',
    description: `${BUILT_IN_TOPICS.length} topics of AI papers: ${BUILT_IN_TOPICS.map(({ name }) => name).join(', ')}`,
    alternates: alternatesOf(DAILY),
    caching: 'public',
    body,
  });
}

/** A page of the papers of a topic. */
export async function showTopic(context: Context, slug: string, parts: ArchiveParts): Promise<Response> {
  const { site, archive } = parts;
  const asked = askedPage(context, PAPERS_SHOWN);
  if (!asked) return await showPageFault(context, site, `/topics/${encodeURIComponent(slug)}`);
  const { number, ...page } = asked;
  const view = await archive.topic(slug, page);
  if (!view) return await showUnknown(context, site, slug);
  const path = `/topics/${slug}`;
  if (view.papers.length === 0 && number > 1) {
    const sentence = `${LISTING.noMore} The papers on ${view.topic.name} end before page ${number}.`;
    return await showFault(context, site, { sentence, wayOn: firstPage(path) });
  }
  const syndicated = { title: `Papers on ${view.topic.name}`, path: `/feeds/topic/${slug}` };
  return await show(context, site, {
    title: number === 1 ? syndicated.title : `${syndicated.title}, page ${number}`,
    here: 'topics',
    path: pagePath(path, number),
    description: view.topic.meaning,
    alternates: alternatesOf(syndicated),
    caching: 'public',
    body: topicBody(view, number, { path, syndicated, archive }),
  });
}

async function showUnknown(context: Context, site: Site, slug: string): Promise<Response> {
  const sentence = `There is no topic “${slug.slice(0, 60)}” here. Choose one of the ${BUILT_IN_TOPICS.length} that there are; those that workspaces make for themselves are not shown.`;
  const wayOn = html`<p><a class="button" href="/topics">All topics</a></p>`;
  return await showFault(context, site, { sentence, wayOn });
}

function topicBody(
  view: PapersView & { topic: Topic },
  number: number,
  { path, syndicated, archive }: { path: string; syndicated: Syndicated; archive: Topical },
): Html {
  const { topic, hasMore, isComplete } = view;
  const papers = view.papers.map(({ paper }) => paper);
  const start = (number - 1) * PAPERS_SHOWN + 1;
  return html`<h1><span aria-hidden="true">${topic.emoji}</span> ${topic.name}</h1>
<p class="lead">${topic.meaning}. The newest listed first.</p>
${subscribeLine(syndicated)}
${!isComplete && html`<p class="notice">${SEARCH.notes.indexing()}</p>`}
${papers.length > 0 ? paperList(papers, { archive, level: 2, start, hasDays: true }) : html`<p class="notice">${LISTING.none}</p>`}
${turnPages(number, hasMore, (page) => pagePath(path, page))}`;
}
