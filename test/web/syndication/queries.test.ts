import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/web/syndication/said.ts';
import { HOSTILE_TEXTS } from '../../contracts/adapter-cards.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { FAULTS } from '../../syndication-checks/faults.ts';
import { archived, BASE, read, show } from './kit.ts';
import { ENDINGS, readExactly } from './read-back.ts';

const PAPERS = archived(somePapers('2611', [1]));
const ODD = [
  ...HOSTILE_TEXTS,
  '"',
  "' onmouseover='x",
  '"/><script>alert(1)</script>',
  ']]>',
  '&amp; &apos; &lt;b&gt;',
  '% %2 %zz %25',
  '+ a+b # ? / \\ ; = &q=2',
  'author:"yann lecun" votes:>50 -"x y"',
  '../../status',
  'http://evil.example/',
  '\u{1f916} 漢字 עברית',
].map((text) => text.toWellFormed());

describe.each(ENDINGS)('a query in %s', (ending) => {
  it.each(ODD)('%j does nothing but look for it', async (text) => {
    await check(text);
  });

  it('of any characters does nothing else', async () => {
    const anyQuery = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(fc.asyncProperty(anyQuery, check), { numRuns: 60 });
  });

  async function check(text: string) {
    const line = oneLine(text);
    if (line === '') return;
    const shown = show(PAPERS);
    const source = await read(shown, `/feeds/search.${ending}?q=${encodeURIComponent(text)}`);
    expect(shown.archive.asked).toEqual([`search ${line} 0 50`]);
    expect(FAULTS[ending](source)).toEqual([]);
    const { title, url, pageUrl, entries } = readExactly(ending, source);
    expect(title).toMatch(/^Papers that match “.*” · Paperwire$/su);
    expect(entries).toHaveLength(1);
    expect(url.startsWith(`${BASE}/feeds/search.${ending}?q=`)).toBe(true);
    expect([...new URL(url).searchParams]).toEqual([['q', line]]);
    const page = new URL(pageUrl);
    expect([page.origin, page.pathname, page.hash]).toEqual([BASE, '/search', '']);
    expect([...page.searchParams]).toEqual([['q', line]]);
  }
});

describe('the address of a document', () => {
  it.each(ODD.filter((text) => oneLine(text) !== ''))('leads back to it: %j', async (text) => {
    const shown = show(PAPERS);
    const source = await read(shown, `/feeds/search.atom?q=${encodeURIComponent(text)}`);
    const { url } = readExactly('atom', source);
    expect(await read(shown, url.slice(BASE.length))).toBe(source);
    expect(shown.archive.asked).toHaveLength(1);
  });
});

describe('what is no clean query', () => {
  it.each(['%', '%zz', '%ff%fe', '%ED%A0%80', '%00x'])('%s is taken for text', async (query) => {
    const source = await read(show(PAPERS), `/feeds/search.atom?q=a${query}`);
    expect(FAULTS.atom(source)).toEqual([]);
  });

  it('counts once where there are two', async () => {
    const shown = show(PAPERS);
    await read(shown, '/feeds/search.atom?q=one&q=two');
    expect(shown.archive.asked).toEqual(['search one 0 50']);
  });

  it('is shortened in the title, never in its address', async () => {
    const words = 'diffusion '.repeat(19).trim();
    const { title, url } = readExactly(
      'json',
      await read(show(PAPERS), `/feeds/search.json?q=${encodeURIComponent(words)}`),
    );
    expect(title.length).toBeLessThan(120);
    expect(new URL(url).searchParams.get('q')).toBe(words);
  });
});
