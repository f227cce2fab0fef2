import { describe, expect, it } from 'vitest';
import { createTally, enter, lengthText, standing, summary, toJson } from '../../src/cli/backfill-tally.ts';
import type { BackfillStep } from '../../src/pipeline/backfill.ts';

/** Thursday to Tuesday: four days that may have a list. */
const [THU, FRI, MON, TUE] = ['2026-08-20', '2026-08-21', '2026-08-24', '2026-08-25'] as const;

const KNOWN: BackfillStep = { kind: 'known', day: THU, left: 3, paperIds: ['1', '2'], newPapers: 0 };
const READ: BackfillStep = { kind: 'read', day: FRI, left: 2, paperIds: ['2', '3'], newPapers: 1 };
const EMPTY: BackfillStep = { kind: 'read', day: MON, left: 1, paperIds: [], newPapers: 0 };
const DOUBTFUL: BackfillStep = { kind: 'doubtful', day: TUE, left: 0, sentence: 'Who knows.' };

function tallyOf(...steps: BackfillStep[]) {
  const tally = createTally(THU, TUE);
  for (const step of steps) enter(step, tally);
  return tally;
}

describe('the tally of a backfill', () => {
  it('counts days, lists, each paper once, new ones, and days without a list', () => {
    const tally = tallyOf(KNOWN, READ, EMPTY, DOUBTFUL);
    const counted = { from: THU, to: TUE, days: 4, lists: 2, papers: 3, newPapers: 1 };
    expect(toJson(tally)).toEqual({ ...counted, withoutList: [MON], missing: [TUE] });
    expect(summary(tally)).toBe(
      `${THU} to ${TUE}: 4 days, 2 lists with 3 papers, 1 of them new; 1 day without a list; 1 day missing.`,
    );
  });

  it('takes for missing what it has not come to', () => {
    expect(toJson(tallyOf(KNOWN))).toMatchObject({ lists: 1, missing: [FRI, MON, TUE] });
    expect(toJson(tallyOf())).toMatchObject({ days: 4, lists: 0, missing: [THU, FRI, MON, TUE] });
  });

  it('says where it stands, and how long it still takes by what was read', () => {
    expect(standing(KNOWN, tallyOf(KNOWN), 10)).toBe(
      `[####------------] ${THU}: 1 of 4 days, 2 papers, 5 s left`,
    );
    expect(standing(READ, tallyOf(KNOWN, READ), 60_000)).toBe(
      `[########--------] ${FRI}: 2 of 4 days, 3 papers, 2 min left`,
    );
    expect(standing(DOUBTFUL, tallyOf(KNOWN, READ, EMPTY, DOUBTFUL), 1)).toBe(
      `[################] ${TUE}: 4 of 4 days, 3 papers`,
    );
  });

  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [89_000, '89 s'],
    [90_000, '2 min'],
    [5_340_000, '89 min'],
    [5_400_000, '1 h 30 min'],
    [86_400_000, '24 h 0 min'],
  ])('%d ms are %s', (durationMs, told) => expect(lengthText(durationMs)).toBe(told));
});
