import { describe, expect, it } from 'vitest';
import { indexWith, numberOf, paperNo } from './kit.ts';

const PAPERS = [
  paperNo(1, { title: 'Gaussian splatting for gardens', abstract: 'We render plants by splats.' }),
  paperNo(2, { title: 'Splatting forests', abstract: 'Gaussian splats render plants and trees.' }),
  paperNo(3, { title: 'Trees in the wind', abstract: 'Plants move.' }),
  paperNo(4, { title: 'Proofs of programs', abstract: 'We prove them.', keywords: ['logic'] }),
  paperNo(5, { title: 'Programs that prove', abstract: 'Proofs are found.', keywords: ['logic'] }),
  ...Array.from({ length: 20 }, (_, at) => paperNo(100 + at, { title: `Weather ${at}` })),
];
const index = indexWith(PAPERS);
const similar = (number: number, limit = 5) =>
  index.similar(PAPERS[number - 1] as never, limit).map(({ paperId }) => numberOf(paperId));

describe('the papers most like one', () => {
  it('share most of what it says, without itself', () => {
    expect(similar(1).slice(0, 2)).toEqual([2, 3]);
    expect(similar(4)[0]).toBe(5);
  });

  it('are no more than asked for', () => {
    expect(similar(1, 1)).toEqual([2]);
    expect(similar(1, 0)).toEqual([]);
  });

  it('are found for one that is not in the index', () => {
    const stranger = paperNo(50, { title: 'Splats of plants' });
    expect(index.similar(stranger, 3).map(({ paperId }) => numberOf(paperId))).toContain(2);
  });

  it('are none for one that says nothing which others say', () => {
    expect(index.similar(paperNo(51, { title: 'Quokka' }), 3)).toEqual([]);
    expect(index.similar(paperNo(52, { title: '…' }), 3)).toEqual([]);
  });
});
