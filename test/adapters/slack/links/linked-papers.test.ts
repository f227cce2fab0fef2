import { describe, expect, it } from 'vitest';
import { createLinkedPapers } from '../../../../adapters/slack/links/linked-papers.ts';
import type { Invocation, Reply } from '../../../../src/command.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { aPaper } from '../../../fixtures/papers.ts';

const REFUSED: Reply = {
  visibility: 'private',
  cards: [{ kind: 'text', title: 'Unknown', paragraphs: [] }],
  outcome: 'refused',
};

function found(id: string): Reply {
  const entry = { number: 1, paper: aPaper({ id, title: 'A paper' }) };
  return { visibility: 'private', cards: [{ kind: 'paper', entry, notes: [] }], outcome: 'done' };
}

/** A host whose archive is empty, and whose source answers as it is told. */
function open(source: (invocation: Invocation) => Promise<Reply>) {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const asked: string[] = [];
  const taken = new Map<string, string>();
  const cardOf = createLinkedPapers({
    clock,
    host: {
      async run(invocation) {
        if (invocation.isArchiveOnly) return REFUSED;
        asked.push(String(invocation.options.paper));
        return await source(invocation);
      },
      async isFirst(what, withinMs) {
        const at = taken.get(what);
        if (at !== undefined && Date.parse(clock.now()) - Date.parse(at) < withinMs) return false;
        taken.set(what, clock.now());
        return true;
      },
    },
  });
  const link = async (paper: string, workspace = 'T1') => {
    const place = { platform: 'slack' as const, workspace, channel: 'C1' };
    return (await cardOf({ paper, place, me: 'U1' }))?.entry.paper.id;
  };
  return { clock, asked, link };
}

/** Answers never, and ends with its signal. */
function hanging({ signal }: Invocation): Promise<Reply> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

describe('a linked paper that the archive lacks', () => {
  it('is asked for once a minute in a workspace, and a few seconds apart in all', async () => {
    const { clock, asked, link } = open(async ({ options }) => found(String(options.paper)));
    expect(await link('2401.00001', 'T1')).toBe('2401.00001');
    expect(await link('2401.00002', 'T2')).toBeUndefined();
    clock.advance(6 * SECOND_MS);
    expect(await link('2401.00002', 'T1')).toBeUndefined();
    expect(await link('2401.00002', 'T2')).toBe('2401.00002');
    clock.advance(54 * SECOND_MS);
    expect(await link('2401.00003', 'T1')).toBe('2401.00003');
    expect(asked).toEqual(['2401.00001', '2401.00002', '2401.00003']);
  });

  it('is asked for alone, and given up after ten seconds', async () => {
    const { clock, asked, link } = open(hanging);
    const first = link('2401.00001', 'T1');
    const same = link('2401.00001', 'T1');
    await expect.poll(() => asked.length).toBe(1);
    expect(await link('2401.00002', 'T2')).toBeUndefined();
    clock.advance(10 * SECOND_MS);
    expect(await Promise.all([first, same])).toEqual([undefined, undefined]);
    expect(asked).toHaveLength(1);
  });

  it('is known for a while once the source has said it: it is told while written, and again when sent', async () => {
    const { asked, link } = open(async ({ options }) => found(String(options.paper)));
    await link('2401.00001');
    expect(await link('2401.00001', 'T2')).toBe('2401.00001');
    expect(asked).toHaveLength(1);
  });
});
