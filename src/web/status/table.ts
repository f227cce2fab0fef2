import { type Html, html } from '../../html.ts';

/** A column of a table: its heading, and what stands in it. */
export interface Column<T> {
  name: string;
  cell(row: T): Html | string;
}

/** A table that becomes a list of small ones where there is no room; its first column names the row. */
export function table<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Html {
  const heads = columns.map(({ name }) => html`<th scope="col">${name}</th>`);
  const lines = rows.map(
    (row) => html`<tr>${columns.map((column, index) => cellOf(column, row, index))}</tr>\n`,
  );
  return html`<div class="table-box"><table class="stack">
<caption class="unseen">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table></div>`;
}

function cellOf<T>({ name, cell }: Column<T>, row: T, index: number): Html {
  const inside = html`<span class="column" aria-hidden="true">${name}</span><div>${cell(row)}</div>`;
  return index === 0 ? html`<th scope="row">${inside}</th>` : html`<td>${inside}</td>`;
}
