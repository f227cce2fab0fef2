import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import type { Check } from '../../view.ts';
import { table } from './table.ts';

/** Whether the bot can do its work, check by check. */
export function checksPart(checks: readonly Check[]): Html {
  const wrong = checks.filter(({ isFine }) => !isFine).length;
  const verdict =
    wrong === 0
      ? html`<p class="notice good">Everything that the bot needs is there.</p>`
      : html`<p class="notice bad">${wrong} of ${checks.length} things that the bot needs ${wrong === 1 ? 'is' : 'are'} not as ${wrong === 1 ? 'it' : 'they'} should be.</p>`;
  return html`${verdict}${table('What the bot needs', COLUMNS, checks)}`;
}

const COLUMNS = [
  { name: 'What', cell: ({ name }: Check) => said(name) },
  {
    name: 'State',
    cell: ({ isFine }: Check) =>
      isFine ? html`<span class="state good">fine</span>` : html`<span class="state bad">not fine</span>`,
  },
  { name: 'How it is', cell: ({ sentence }: Check) => said(sentence) },
];
