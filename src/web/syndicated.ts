import { type Html, html } from '../html.ts';
import type { Alternate } from '../page.ts';
import { said } from '../paper-html.ts';

/** What one may subscribe to, in three forms. */
export interface Syndicated {
  /** What it brings: `Papers on Agents`. */
  title: string;
  /** Its address without an ending. */
  path: string;
  /** What stands behind the address, with its question mark. */
  query?: string;
}

const FORMS = [
  { label: 'Atom', ending: 'atom', type: 'application/atom+xml' },
  { label: 'RSS', ending: 'rss', type: 'application/rss+xml' },
  { label: 'JSON', ending: 'json', type: 'application/feed+json' },
] as const;

export const DAILY: Syndicated = { title: 'The daily papers', path: '/feeds/daily' };

/** For the head of a page: readers find it there by themselves. */
export function alternatesOf({ title, path, query = '' }: Syndicated): Alternate[] {
  return FORMS.map(({ label, ending, type }) => ({
    type,
    title: `${title} (${label})`,
    href: `${path}.${ending}${query}`,
  }));
}

/** For the eye. */
export function subscribeLine({ title, path, query = '' }: Syndicated): Html {
  const links = FORMS.map(
    ({ label, ending, type }) => html` <a href="${path}.${ending}${query}" type="${type}">${label}</a>`,
  );
  return html`<p class="subscribe"><span class="muted">Subscribe to ${said(title.charAt(0).toLowerCase() + title.slice(1))}:</span>${links}</p>`;
}
