import { type Html, html } from './html.ts';
import { isolated, plain } from './text/line.ts';
import { shorten } from './text/shorten.ts';
import { assetPath } from './web/assets.ts';

/** What stands in the head of a page beside its title. */
export interface Alternate {
  /** `application/atom+xml` and its kin. */
  type: string;
  title: string;
  href: string;
}

export interface PageParts {
  /** Plain text; ` · Paperwire` is put behind it. */
  title: string;
  /** Which place of the navigation this is. */
  here?: 'playground' | 'papers' | 'topics' | 'search' | 'mail' | 'status';
  /** For previews of shared links; plain text. */
  description?: string;
  /** The one address of what is shown, whole; absent where it is nothing to share. */
  canonical?: string;
  /** Search engines leave it out. */
  isUnlisted?: boolean;
  alternates?: readonly Alternate[];
  /** Addresses beside `/assets/site.css`. */
  styles?: readonly string[];
  /** Modules; none on pages that need no script. */
  scripts?: readonly string[];
  /** The playground is there, at `/`; else the newest list is. */
  hasPlayground: boolean;
  /** Papers come by e-mail too: the form for it is at `/email`. */
  hasMail?: boolean;
  body: Html;
}

/** Previews show no more. */
const MAX_DESCRIPTION = 300;
const MAX_TITLE = 200;

/** A whole page: head, navigation, main part, foot. */
export function page(parts: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
${headOf(parts)}
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site-head">
<div class="bar">
<a class="brand" href="/"><img src="${assetPath('icon.svg')}" alt="" width="28" height="28">Paperwire</a>
${navigationOf(parts)}
</div>
</header>
<main id="main" tabindex="-1">
${parts.body}
</main>
${FOOT}
</body>
</html>
`;
}

function headOf({ title, styles = [], scripts = [], ...parts }: PageParts): Html {
  const sheets = [assetPath('site.css'), ...styles];
  const shown = calm(title, MAX_TITLE);
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shown} · Paperwire</title>
${previewOf(shown, parts)}
${parts.isUnlisted && html`<meta name="robots" content="noindex">`}
${(parts.alternates ?? []).map(({ type, title, href }) => html`<link rel="alternate" type="${type}" title="${calm(title, MAX_TITLE)}" href="${href}">\n`)}
<link rel="icon" type="image/svg+xml" href="${assetPath('icon.svg')}">
${sheets.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${scripts.map((src) => html`<script type="module" src="${src}"></script>\n`)}
</head>`;
}

function previewOf(title: string, { description = '', canonical }: Omit<PageParts, 'title'>): Html {
  const shown = calm(description, MAX_DESCRIPTION);
  return html`<meta property="og:site_name" content="Paperwire">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
${shown !== '' && html`<meta property="og:description" content="${shown}">\n<meta name="description" content="${shown}">`}
${canonical !== undefined && html`<meta property="og:url" content="${canonical}">\n<link rel="canonical" href="${canonical}">`}`;
}

/** What others have said, where there is no markup: in an attribute, in a title. */
function calm(text: string, max: number): string {
  const line = shorten(plain(text), max);
  return isolated(line, line);
}

const PLACES = [
  { name: 'playground', label: 'Playground', href: '/' },
  { name: 'papers', label: 'Papers', href: '/days/newest' },
  { name: 'topics', label: 'Topics', href: '/topics' },
  { name: 'search', label: 'Search', href: '/search' },
  { name: 'mail', label: 'By e-mail', href: '/email' },
  { name: 'status', label: 'Status', href: '/status' },
] as const;

function navigationOf({ here, hasPlayground, hasMail = false }: PageParts): Html {
  const isThere = { playground: hasPlayground, mail: hasMail };
  const places = PLACES.filter(({ name }) => !(name in isThere) || isThere[name as keyof typeof isThere]);
  const links = places.map(
    ({ name, label, href }) =>
      html`<li><a class="place" href="${href}"${name === here && html` aria-current="true"`}>${label}</a></li>\n`,
  );
  return html`<nav aria-label="Places"><ul>\n${links}</ul></nav>`;
}

const FOOT = html`<footer class="site-foot">
<div class="bar">
<p>Paperwire brings each day’s trending AI papers to Discord, Slack and mailboxes. Lists and votes are those of <a href="https://huggingface.co/papers" rel="noreferrer">Hugging Face Daily Papers</a>. Thank you to arXiv for use of its open access interoperability.</p>
</div>
</footer>`;
