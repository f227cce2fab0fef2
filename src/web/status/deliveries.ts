import { type DeliveryStatus, isUndecided, OPEN_STATES } from '../../domain/delivery.ts';
import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import { textsFor } from '../../texts/index.ts';
import type { DeliveryCounts } from '../../view.ts';
import { moment } from '../moments.ts';
import { type Column, table } from './table.ts';

const { delivery: SAY } = textsFor(undefined);

/** How many messages are not out, and the oldest of them with what can be done. */
export function deliveriesPart(
  { counts, oldest }: { counts: DeliveryCounts; oldest: readonly DeliveryStatus[] },
  now: string,
): Html {
  const total = OPEN_STATES.reduce((sum, state) => sum + counts[state], 0);
  if (total === 0) return html`<p>${SAY.allOut}</p>`;
  const figures = OPEN_STATES.filter((state) => counts[state] > 0).map(
    (state) => html`<li>${SAY.counted(counts[state], SAY.states[state])}</li>`,
  );
  return html`<ul class="figures">${figures}</ul>
${total > oldest.length && html`<p class="muted">The oldest ${oldest.length}:</p>`}
${table('Messages that are not out', columnsAt(now), oldest)}
<p class="muted small">A message that is refused or uncertain waits for a person. Instead of <code>resend</code>, <code>dismiss</code> lets it be.</p>`;
}

function columnsAt(now: string): Column<DeliveryStatus>[] {
  return [
    { name: 'Message', cell: ({ id }) => html`<code>${said(id)}</code>` },
    {
      name: 'Where',
      cell: ({ destination: { platform, workspace, channel } }) =>
        html`${platform} ${said(workspace)} ${said(channel)}`,
    },
    {
      name: 'State',
      cell: (delivery) =>
        html`<span class="state ${isUndecided(delivery) && 'bad'}">${SAY.states[delivery.state]}</span> since ${moment(delivery.changedAt, now)}`,
    },
    { name: 'Why', cell: ({ reason }) => (reason === undefined ? '' : said(reason)) },
    {
      name: 'What to do',
      cell: (delivery) =>
        isUndecided(delivery) ? html`<code>paperwire delivery resend ${said(delivery.id)}</code>` : 'Nothing',
    },
  ];
}
