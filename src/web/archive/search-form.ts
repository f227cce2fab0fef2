import { type Html, html } from '../../html.ts';

/** What a query may hold (`domain/query.ts`), each with an example. */
const FILTERS: readonly (readonly [example: string, does: string])[] = [
  ['"chain of thought"', 'these words, in this order'],
  ['-survey', 'without this word; a minus turns every filter round'],
  ['author:"Yann LeCun"', 'by this author'],
  ['topic:agents', 'of one of the topics'],
  ['org:nvidia', 'from this organisation'],
  ['after:2026-01 before:2026-07-15', 'published from then on, or before; a day, a month or a year'],
  ['votes:>50', 'with more votes; >=, <, <= and = go too'],
  ['has:code', 'with code'],
];

/** The field for a query, and what may be written in it: shown at once as long as nothing was. */
export function searchForm(query: string): Html {
  const rows = FILTERS.map(
    ([example, does]) =>
      html`<div><dt><a href="/search?q=${encodeURIComponent(example)}"><code>${example}</code></a></dt><dd>${does}</dd></div>\n`,
  );
  return html`<form class="search" action="/search" method="get" role="search">
<label for="q">What to look for</label>
<div class="field"><input id="q" name="q" type="search" value="${query}" maxlength="500" placeholder="diffusion transformers" autocomplete="off"><button class="button primary" type="submit">Search</button></div>
</form>
<details class="small"${query === '' && html` open`}><summary>What a search understands</summary>
<dl class="facts">\n${rows}</dl>
</details>`;
}
