import type { Alarm } from '../../domain/alarm.ts';
import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import { moment } from '../moments.ts';
import { type Column, table } from './table.ts';

/** The newest alarms, those that are not over first. */
export function alarmsPart(alarms: readonly Alarm[], now: string): Html {
  if (alarms.length === 0) return html`<p>There has been none.</p>`;
  const [open, over] = [alarms.filter(isOpen), alarms.filter((alarm) => !isOpen(alarm))];
  const columns: Column<Alarm>[] = [
    { name: 'About', cell: ({ subject }) => html`<code>${said(subject)}</code>` },
    {
      name: 'State',
      cell: ({ clearedAt }) =>
        clearedAt === undefined
          ? html`<span class="state bad">open</span>`
          : html`<span class="state">over</span> since ${moment(clearedAt, now)}`,
    },
    { name: 'Raised', cell: ({ raisedAt }) => moment(raisedAt, now) },
    { name: 'What', cell: ({ sentence }) => said(sentence) },
  ];
  return table('The newest alarms', columns, [...open, ...over]);
}

function isOpen({ clearedAt }: Alarm): boolean {
  return clearedAt === undefined;
}
