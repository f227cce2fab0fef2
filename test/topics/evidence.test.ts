import { describe, expect, it } from 'vitest';
import { reasonText } from '../../src/domain/reason.ts';
import { evidenceIn, type Judged, phrasesOf, quoted } from '../../src/topics/evidence.ts';

const KNOWN = phrasesOf(['splat', 'gaussian splat', 'quokka', 'view synthesi', 'model']);

/** What was found, by phrase: how strong and as it is told. */
function evidence(given: Partial<Judged>): Record<string, [number, string]> {
  const found = evidenceIn({ title: '', keywords: [], abstract: 'So it is.', ...given }, KNOWN);
  return Object.fromEntries(found.map((one) => [one.phrase, [one.strength, reasonText(quoted(one))]]));
}

describe('the phrases that stand in a paper', () => {
  it('are found as stems, the longer one beside the shorter, each once', () => {
    expect(evidence({ title: 'Gaussian Splatting of splats' })).toEqual({
      'gaussian splat': [2, '"gaussian splatting" in the title'],
      splat: [2, '"splatting" in the title'],
    });
  });

  it('count 2 in the title, 1 in each keyword, 1 and a little more in sentences', () => {
    expect(evidence({ title: 'A quokka' }).quokka?.[0]).toBe(2);
    expect(evidence({ keywords: ['quokka'] }).quokka?.[0]).toBe(1);
    expect(evidence({ keywords: ['quokka', 'quokkas', 'numbat'] }).quokka?.[0]).toBe(2);
    expect(evidence({ abstract: 'A quokka is a quokka.' }).quokka?.[0]).toBe(1);
    expect(evidence({ abstract: 'A quokka. No. Quokkas!' }).quokka?.[0]).toBeCloseTo(1 + Math.log(2) / 2);
    const everywhere = { title: 'Quokka', keywords: ['quokka'], abstract: 'A quokka.' };
    expect(evidence(everywhere)).toEqual({ quokka: [4, '"quokka" in the title'] });
  });

  it('stand in the title for the abstract, too, where there is none', () => {
    const found = evidenceIn({ title: 'A quokka', keywords: [] }, KNOWN);
    expect(found.map(({ strength }) => strength)).toEqual([3]);
    expect(found.map(quoted)).toEqual([{ kind: 'title', what: 'quokka' }]);
  });

  it('are told where they tell most', () => {
    expect(
      evidence({ keywords: ['view synthesis'], abstract: 'View synthesis.' })['view synthesi']?.[1],
    ).toBe('"view synthesis" in the keywords');
    expect(evidence({ abstract: 'It is so. View-Synthesis!' })['view synthesi']?.[1]).toBe(
      '"view synthesis" in the abstract',
    );
  });

  it.each<[string, Partial<Judged>]>([
    ['title', { title: 'A view', keywords: ['synthesis'] }],
    ['keyword', { keywords: ['view', 'synthesis'] }],
    ['sentence', { abstract: 'A view. Synthesis follows.' }],
  ])('do not run over the end of a %s', (_, given) => {
    expect(evidence(given)).toEqual({});
  });

  it('run over a point that ends no sentence', () => {
    expect(Object.keys(evidence({ abstract: 'Of view.synthesis' }))).toEqual(['view synthesi']);
  });

  it('are none in a paper without a word', () => {
    expect(evidence({ title: '…', keywords: ['', '!'], abstract: '' })).toEqual({});
  });
});
