import { isDay } from '../../domain/calendar.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Paper } from '../../domain/paper.ts';
import { listingTitle } from '../../domain/title.ts';
import { type Html, html, PEN, raw } from '../../html.ts';
import { said } from '../../paper-html.ts';
import { dates } from '../../paper-lines.ts';
import type { PaperView } from '../../view.ts';
import { instant } from '../moments.ts';
import { asPhrase, searchPath } from './search-path.ts';

const MAX_NAME = 120;
/** More lists than this are folded away. */
const LISTS_SHOWN = 5;

interface Fact {
  name: string;
  value: Html | string;
}

/** What is known of a paper beside what it says: id, days, who is behind it, the lists it was on. */
export function factsOf({ paper, firstSeenAt, seenOn }: PaperView): Html {
  const facts: Fact[] = [
    { name: 'arXiv id', value: paper.id },
    ...dates(paper).map((day) => ({ name: 'Published', value: day })),
    ...organizationOf(paper),
    ...submitterOf(paper),
    { name: 'First seen', value: instant(firstSeenAt) },
    ...(seenOn.length > 0 ? [{ name: 'On the lists', value: listsOf(seenOn) }] : []),
  ];
  const rows = facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  return html`<section aria-labelledby="facts"><h2 id="facts">Facts</h2>\n<dl class="facts">\n${rows}</dl></section>`;
}

function organizationOf({ organization }: Paper): Fact[] {
  if (!organization) return [];
  const name = PEN.text(organization.displayName || organization.name, MAX_NAME);
  const path = searchPath(`org:${asPhrase(organization.name)}`);
  return name === '' ? [] : [{ name: 'Organisation', value: html`<a href="${path}">${raw(name)}</a>` }];
}

function submitterOf({ submittedBy = '' }: Paper): Fact[] {
  const name = PEN.text(submittedBy, MAX_NAME);
  return name === '' ? [] : [{ name: 'Submitted by', value: raw(name) }];
}

function listsOf(seenOn: readonly Listing[]): Html {
  const items = seenOn.map((listing) => html`<li>${listLink(listing)}</li>`);
  const rest = items.slice(LISTS_SHOWN);
  return html`<ul class="plain">${items.slice(0, LISTS_SHOWN)}</ul>${rest.length > 0 && html`<details class="small"><summary>and ${rest.length} more</summary><ul class="plain">${rest}</ul></details>`}`;
}

function listLink(listing: Listing): Html {
  const title = listingTitle(listing);
  const isOurs = listing.kind === 'daily' && isDay(listing.key);
  return isOurs ? html`<a href="/days/${listing.key}">${title}</a>` : said(title);
}
