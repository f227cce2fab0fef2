import type { Transfer, TransferLine } from '../../transfer.ts';
import { IS_EMPTY, KEPT } from '../tables.ts';
import { inOrder, notBegun } from '../transfer.ts';
import { attempt, storeError } from './attempt.ts';
import type { Connection, Pages, Sql } from './connection.ts';
import type { Mover } from './mover.ts';
import { ARCHIVE_ROWS } from './transfer-archive.ts';
import { CONSIDERED } from './transfer-considered.ts';
import { LEDGER_ROWS } from './transfer-ledger.ts';
import { PEOPLE_ROWS } from './transfer-people.ts';
import { PRESENCE_ROWS } from './transfer-presence.ts';
import { RECORDS } from './transfer-records.ts';

const ROWS = inOrder<Mover>({
  ...ARCHIVE_ROWS,
  ...LEDGER_ROWS,
  considered: CONSIDERED,
  ...PEOPLE_ROWS,
  ...PRESENCE_ROWS,
});

export function createTransfer(connection: Connection): Transfer {
  const change = <T>(work: (sql: Sql) => Promise<T>) =>
    attempt('transfer', undefined, () => connection.transaction(work));
  return {
    read: () => readSnapshot(connection),
    state: () => attempt('read', 'transfer', async () => (await stateNow(connection)).state),
    begin: (id) =>
      change(async (sql) => {
        // Nobody writes from when it is found empty until it is begun.
        await sql.run(`LOCK TABLE unfinished_transfer, ${KEPT.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
        const { state, begun } = await stateNow(sql);
        if (state !== 'empty') return begun === id;
        await sql.run('INSERT INTO unfinished_transfer (one, id) VALUES (1, $1)', [id]);
        return true;
      }),
    write: (lines) =>
      change(async (sql) => {
        // Held, so that it does not end meanwhile.
        if (!(await sql.get('SELECT 1 FROM unfinished_transfer FOR UPDATE'))) throw notBegun();
        for (const run of runsOf(lines)) await moverOf(run[0]).write(sql, run);
      }),
    end: () =>
      attempt('transfer', undefined, async () => {
        await connection.run('DELETE FROM unfinished_transfer');
      }),
  };
}

/** `begun`: the export that is being taken in. */
async function stateNow(
  sql: Sql,
): Promise<{ state: Awaited<ReturnType<Transfer['state']>>; begun?: string }> {
  const row = await sql.get(`SELECT (SELECT id FROM unfinished_transfer) AS begun, ${IS_EMPTY} AS is_empty`);
  if (typeof row?.begun === 'string') return { state: 'unfinished', begun: row.begun };
  return { state: row?.is_empty === true ? 'empty' : 'in-use' };
}

/** Lines of one kind that come one after the other. */
type Run = [TransferLine, ...TransferLine[]];

function runsOf(lines: readonly TransferLine[]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0].kind === line.kind) last.push(line);
    else runs.push([line]);
  }
  return runs;
}

function moverOf({ kind }: TransferLine): Mover {
  return ROWS.get(kind) ?? RECORDS;
}

async function* readSnapshot(connection: Connection): AsyncGenerator<TransferLine> {
  try {
    yield* connection.snapshot(readLines);
  } catch (error) {
    throw storeError('read', 'transfer', error);
  }
}

async function* readLines(pages: Pages): AsyncGenerator<TransferLine> {
  for (const mover of [RECORDS, ...ROWS.values()]) yield* mover.read(pages);
}
