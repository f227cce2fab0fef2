import { describe, expect, it } from 'vitest';
import { reasonText } from '../../src/domain/reason.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { builtInTopicsOf, classify, classifyOnce } from '../../src/topics/classify.ts';
import weights from '../../src/topics/weights.json' with { type: 'json' };
import { paperNo } from '../search/kit.ts';

interface Weights {
  bias: number;
  phrases: Record<string, number>;
}

const ALL: Record<string, Weights> = weights;

/** The phrases that speak most for a topic, the strongest first. */
function speakingFor(slug: string, count: number): string[] {
  return Object.entries(ALL[slug]?.phrases ?? {})
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([phrase]) => phrase);
}

describe('the weights', () => {
  it('are there for every built-in topic, and for no other', () => {
    expect(Object.keys(ALL).toSorted()).toEqual(BUILT_IN_TOPICS.map(({ slug }) => slug).toSorted());
  });

  it.each(BUILT_IN_TOPICS)(
    'of $slug take no paper that says nothing, and know what speaks for it',
    ({ slug }) => {
      expect(ALL[slug]?.bias).toBeLessThan(0);
      expect(speakingFor(slug, 5)).toHaveLength(5);
    },
  );
});

describe('classify', () => {
  it('finds no topic in a paper that says nothing', () => {
    expect(classify({ title: '…', keywords: [] })).toEqual([]);
    expect(classify({ title: 'The quokka', keywords: [], abstract: 'It sleeps.' })).toEqual([]);
  });

  it.each([
    ['3d', '3D Gaussian Splatting for scene reconstruction', ['3D reconstruction', 'gaussian splatting']],
    ['robotics', 'Robot manipulation with vision-language-action policies', ['robotics', 'manipulation']],
    ['audio', 'Text-to-speech synthesis of expressive speech', ['speech synthesis', 'audio']],
    ['safety', 'Jailbreak attacks on aligned models', ['jailbreak', 'safety alignment']],
    ['code', 'Program repair with code agents', ['code generation', 'software engineering']],
  ])('finds %s in "%s"', (slug, title, keywords) => {
    expect(classify({ title, keywords, abstract: `${title}.` }).map((one) => one.slug)).toContain(slug);
  });

  it('adds up what its weights say, and rounds', () => {
    for (const { slug } of BUILT_IN_TOPICS) {
      for (const phrase of speakingFor(slug, 20)) {
        // Stems of stems are not always themselves: only what is found as it stands can be added up by hand.
        const matches = classify({ title: '', keywords: [phrase, phrase, phrase, phrase, phrase, phrase] });
        for (const { score } of matches) {
          expect(score).toBeGreaterThanOrEqual(0.5);
          expect(score).toBeLessThanOrEqual(1);
          expect(score).toBe(Math.round(score * 1000) / 1000);
        }
      }
    }
    const [slug, phrase] = ['3d', '3d'];
    const { bias = 0, phrases = {} } = ALL[slug] ?? {};
    const sum = bias + 6 * (phrases[phrase] ?? 0);
    const match = classify({ title: '', keywords: Array(6).fill(phrase) }).find((one) => one.slug === slug);
    expect(match?.score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 3);
  });

  it('gives the surest first, and at most three reasons for each, the strongest first', () => {
    const title = '3D Gaussian splatting, mesh and scene reconstruction for robot manipulation videos';
    const matches = classify({
      title,
      keywords: ['3D', 'robotics', 'video generation'],
      abstract: `${title}.`,
    });
    const scores = matches.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(matches.length).toBeGreaterThan(1);
    for (const { slug, because } of matches) {
      expect(because.length, slug).toBeGreaterThan(0);
      expect(because.length, slug).toBeLessThanOrEqual(3);
      for (const reason of because)
        expect(reasonText(reason)).toMatch(/^".+" in the (title|keywords|abstract)$/);
    }
  });
});

describe('a paper that is asked for again', () => {
  it('is judged once, and known by its slugs', () => {
    const paper = paperNo(1, { title: '3D Gaussian splatting', keywords: ['3D', '3D reconstruction'] });
    expect(classifyOnce(paper)).toBe(classifyOnce(paper));
    expect(classifyOnce(paper)).toEqual(classify(paper));
    expect([...builtInTopicsOf(paper)]).toEqual(classify(paper).map(({ slug }) => slug));
  });
});
