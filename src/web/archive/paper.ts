import type { Context } from 'hono';
import { type Paper, type PaperId, parsePaperId } from '../../domain/paper.ts';
import { reasonText } from '../../domain/reason.ts';
import { type Html, html, PEN, raw } from '../../html.ts';
import { paperFigures, paperLinks, paperPath, said, saidParagraphs, topicChip } from '../../paper-html.ts';
import { nameOf, sentenceOf } from '../../paper-lines.ts';
import { textsFor } from '../../texts/index.ts';
import type { PaperView } from '../../view.ts';
import { type Site, show, showFault } from '../answers.ts';
import { alternatesOf, DAILY } from '../syndicated.ts';
import { citationOf } from './citation.ts';
import { factsOf } from './facts.ts';
import { paperList } from './papers.ts';
import type { ArchiveParts } from './parts.ts';
import { asPhrase, searchPath } from './search-path.ts';

const { paper: SAY, card: CARD } = textsFor(undefined);
const MAX_TITLE = 1000;
const MAX_NAME = 120;
/** More authors than this are folded away. */
const AUTHORS_SHOWN = 30;

/** A paper with all that the archive knows of it; an address as people write ids leads there too. */
export async function showPaper(context: Context, given: string, parts: ArchiveParts): Promise<Response> {
  const { site, archive } = parts;
  const id = parsePaperId(given);
  if (id === undefined) {
    const wayOn = html`<p><a class="button" href="/search">Search</a></p>`;
    return await showFault(context, site, { sentence: SAY.noId(given.slice(0, 80)), wayOn });
  }
  if (id !== given) return context.redirect(paperPath(id), 301);
  const view = await archive.paper(id);
  if (!view) return await showStranger(context, site, id);
  return await show(context, site, {
    title: nameOf(view.paper),
    here: 'papers',
    path: paperPath(id),
    description: sentenceOf(view.paper),
    alternates: alternatesOf(DAILY),
    caching: 'public',
    body: paperBody(view, parts),
  });
}

async function showStranger(context: Context, site: Site, id: PaperId): Promise<Response> {
  const sample = site.hasPlayground ? ' What the playground shows as a sample is not archived.' : '';
  const sentence = `The paper ${id} was never on a list that is archived here. arXiv has it, if the id is right.${sample}`;
  const { hasPlayground } = site;
  const wayOn = html`<ul class="links"><li><a class="button" href="https://arxiv.org/abs/${id}" rel="noreferrer">${id} at arXiv</a></li><li><a class="button" href="/search">Search</a></li>${hasPlayground && html`<li><a class="button" href="/">Playground</a></li>`}</ul>`;
  return await showFault(context, site, { title: 'Not in the archive', sentence, wayOn });
}

function paperBody(view: PaperView, { archive }: ArchiveParts): Html {
  const { paper, similar } = view;
  return html`<article>
<h1>${raw(PEN.text(nameOf(paper), MAX_TITLE))}</h1>
${authorsOf(paper)}
${paperFigures(paper)}
${paperLinks(paper)}
${summaryOf(paper)}
${abstractOf(paper)}
${topicsSection(view)}
${keywordsOf(paper)}
${factsOf(view)}
<details><summary>Cite as BibTeX</summary><pre tabindex="0">${citationOf(paper)}</pre></details>
</article>
${similar.length > 0 && html`<section aria-labelledby="similar"><h2 id="similar">Similar papers</h2>\n${paperList(similar, { archive, level: 3, hasDays: true })}</section>`}`;
}

function authorsOf({ authors = [] }: Paper): Html {
  const links = authors
    .map(({ name }) => ({ name: PEN.text(name, MAX_NAME), path: searchPath(`author:${asPhrase(name)}`) }))
    .filter(({ name }) => name !== '')
    .map(({ name, path }) => html`<li><a href="${path}">${raw(name)}</a></li>`);
  const rest = links.slice(AUTHORS_SHOWN);
  if (links.length === 0) return html``;
  return html`<ul class="people" aria-label="Authors">${links.slice(0, AUTHORS_SHOWN)}</ul>
${rest.length > 0 && html`<details class="small"><summary>${CARD.others(rest.length)}</summary><ul class="people" aria-label="More authors">${rest}</ul></details>`}`;
}

function summaryOf({ summary = '' }: Paper): Html {
  const paragraphs = saidParagraphs(summary);
  if (paragraphs.length === 0) return html``;
  return html`<section aria-labelledby="summary"><h2 id="summary">In short</h2>\n<div class="prose">${paragraphs}</div></section>`;
}

function abstractOf({ abstract = '' }: Paper): Html {
  const paragraphs = saidParagraphs(abstract);
  if (paragraphs.length === 0) return html``;
  return html`<section aria-labelledby="abstract"><h2 id="abstract">${CARD.abstract}</h2>\n<div class="prose">${paragraphs}</div></section>`;
}

function topicsSection({ topics }: PaperView): Html {
  if (topics.length === 0) return html``;
  const items = topics.map(
    ({ topic, because }) =>
      html`<li>${topicChip(topic)}${because.length > 0 && html` <span class="muted">because of ${said(because.map((reason) => reasonText(reason)).join(', '))}</span>`}</li>\n`,
  );
  return html`<section aria-labelledby="topics"><h2 id="topics">Topics</h2>\n<ul class="reasons">\n${items}</ul></section>`;
}

function keywordsOf({ keywords }: Paper): Html {
  const chips = keywords
    .map((keyword) => ({ text: PEN.text(keyword, MAX_NAME), path: searchPath(asPhrase(keyword)) }))
    .filter(({ text }) => text !== '')
    .map(({ text, path }) => html`<li><a class="chip" href="${path}">${raw(text)}</a></li>`);
  if (chips.length === 0) return html``;
  return html`<section aria-labelledby="keywords"><h2 id="keywords">Keywords</h2>\n<ul class="chips">${chips}</ul></section>`;
}
