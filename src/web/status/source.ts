import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import type { QuotaStatus, SourceStatus, WayStatus } from '../../view.ts';
import { moment } from '../moments.ts';
import { type Column, table } from './table.ts';
import { volumePart } from './volume.ts';

/** How the ways into the source do, what may still be asked of it, and how long its lists are. */
export function sourcePart({ source, ways, quota, volume, lastReadAt }: SourceStatus, now: string): Html {
  const last = lastReadAt === undefined ? html`never yet` : moment(lastReadAt, now);
  return html`<p><strong>${said(source)}</strong>: last read ${last}.</p>
${driftNotices(ways, now)}
${table('Ways into the source, in the order they are tried', waysAt(now), ways)}
${quota.length > 0 && html`<h3>Requests left</h3>${table('Requests left', quotaAt(now), quota)}`}
<h3>Papers of each day</h3>
${volumePart(volume)}`;
}

/** A source that changed its shape is for us to mend, not for time. */
function driftNotices(ways: readonly WayStatus[], now: string): Html[] {
  return ways.flatMap(({ way, failure }) =>
    failure?.isChangedShape
      ? [
          html`<p class="notice bad">The way in “${said(way)}” has changed its shape, seen ${moment(failure.at, now)}. Bring Paperwire up to date; if there is nothing newer, report it.</p>`,
        ]
      : [],
  );
}

function waysAt(now: string): Column<WayStatus>[] {
  return [
    { name: 'Way in', cell: ({ way }) => said(way) },
    {
      name: 'State',
      cell: ({ readAt, failure }) => {
        if (failure)
          return html`<span class="state bad">${failure.isChangedShape ? 'changed' : 'failing'}</span>`;
        return readAt === undefined ? 'not tried yet' : html`<span class="state good">reads</span>`;
      },
    },
    {
      name: 'Last gave something',
      cell: ({ readAt }) => (readAt === undefined ? 'never yet' : moment(readAt, now)),
    },
    {
      name: 'Last failure',
      cell: ({ failure }) =>
        failure ? html`${moment(failure.at, now)}: ${said(failure.sentence)}` : 'none since',
    },
  ];
}

function quotaAt(now: string): Column<QuotaStatus>[] {
  return [
    { name: 'Budget', cell: ({ bucket }) => said(bucket) },
    { name: 'Left', cell: ({ left }) => html`${left}` },
    { name: 'Full again', cell: ({ resetsAt }) => moment(resetsAt, now) },
  ];
}
