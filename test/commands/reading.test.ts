import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { OptionValue } from '../../src/command.ts';
import type { Store } from '../../src/store.ts';
import { linesOf, written } from '../contracts/transfer-samples.ts';
import { MONDAY, openFollowed } from '../members.ts';
import { PLACE } from '../world.ts';

/** What a reading keeps of papers and lists; two that do it at once keep the same. */
const ARCHIVE: ReadonlySet<string> = new Set(['papers', 'listings', 'seen', 'sequence']);

async function keptBeside(store: Store): Promise<string[]> {
  return written((await linesOf(store)).filter(({ kind }) => !ARCHIVE.has(kind)));
}

const OPTIONS: Readonly<Record<string, Record<string, OptionValue>>> = {
  search: { query: 'author:"Bo Li"' },
  find: { text: '2611.00001' },
  show: { paper: '2611.00001' },
  similar: { paper: '2611.00001' },
  saved: { format: 'bibtex' },
  'feed show': { id: 'feed01' },
  'feed preview': { id: 'feed01' },
};

describe('commands that only read', () => {
  const reading = commands.filter(({ isReading }) => isReading);

  it('are those that show something, and no others', () => {
    const names = reading.map(({ name }) => name).sort();
    expect(names.join(', ')).toBe(
      'delivery list, feed list, feed preview, feed show, find, help, month, saved, search, show, similar, status, today, ' +
        'topics list, trending, week',
    );
  });

  it.each(reading.map(({ name }) => name))('change nothing that is kept: %s', async (name) => {
    const world = await openFollowed();
    const give = async (command: string, options: Record<string, OptionValue> = {}) =>
      await world.host.run({
        command,
        options,
        place: PLACE,
        member: { id: 'ada', isManager: true },
        at: world.clock.now(),
      });
    await give('feed add');
    await give('save', { paper: '2611.00001' });
    await world.tickAt(MONDAY);
    const before = await keptBeside(world.store);
    expect((await give(name, OPTIONS[name])).outcome).not.toBe('refused');
    expect(await keptBeside(world.store)).toEqual(before);
    await world.close();
  });
});
