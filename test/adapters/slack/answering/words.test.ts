import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOf } from '../../../../adapters/slack/answering/words.ts';
import { withoutQuotes, wordsOf } from '../../../../src/text/quoted.ts';

describe('what Slack makes of what is typed', () => {
  it.each([
    ['feed add channel:<#C0123ABC|papers>', 'feed add channel:C0123ABC'],
    ['feed add channel:<#C0123ABC|>', 'feed add channel:C0123ABC'],
    ['feed add role:<!subteam^S012345|@readers>', 'feed add role:S012345'],
    ['search by <@U012345|ada>', 'search by U012345'],
    ['search <!here> <!date^1392734382^{date}|today>', 'search @here today'],
    ['show <https://arxiv.org/abs/2608.19880>', 'show https://arxiv.org/abs/2608.19880'],
    [
      'show <http://arxiv.org/abs/2608.19880|arxiv.org/abs/2608.19880>',
      'show http://arxiv.org/abs/2608.19880',
    ],
    ['search <http://node.js|node.js>', 'search node.js'],
    ['search <mailto:ada@example.com|ada@example.com>', 'search ada@example.com'],
    ['find <https://example.com/?a=1&amp;b=2|this>', 'find https://example.com/?a=1&b=2'],
    ['search votes:&gt;50 a &amp; b &lt;c', 'search votes:>50 a & b <c'],
    ['search &amp;lt;', 'search &lt;'],
    ['search “gaussian splatting”', 'search "gaussian splatting"'],
    ['search „gaussian splatting“', 'search "gaussian splatting"'],
    ['search d’Alembert', "search d'Alembert"],
    ['today —limit 5', 'today --limit 5'],
    ['today –limit 5', 'today --limit 5'],
    ['feed add days:mon–fri', 'feed add days:mon–fri'],
    ['feed add time：09:00', 'feed add time:09:00'],
    ['/paper today', 'today'],
    ['`/paper today`', 'today'],
    ['/paper', ''],
    ['  ', ''],
    ['<nothing', '<nothing'],
  ])('%s', (typed, meant) => {
    expect(plainOf(typed)).toBe(meant);
  });
});

describe('words', () => {
  it.each([
    ['search gaussian  splatting', ['search', 'gaussian', 'splatting']],
    [
      'topics add name:"weather models" query:weather',
      ['topics', 'add', 'name:"weather models"', 'query:weather'],
    ],
    ["topics add name:'weather models'", ['topics', 'add', 'name:"weather models"']],
    ['search "one two" -"three four"', ['search', '"one two"', '-"three four"']],
    ["search d'Alembert's principle", ['search', "d'Alembert's", 'principle']],
    ['search 5" pipes', ['search', '5"', 'pipes']],
    ['search "never closed', ['search', '"never', 'closed']],
    ['find "two\nlines"', ['find', '"two\nlines"']],
    ['follow agents,"world models"', ['follow', 'agents,"world models"']],
    ['', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('have every character that was typed, white space between them aside', () => {
    const typed = fc.array(
      fc.oneof(
        fc.constantFrom('"', "'", ' ', ':', '=', ',', 'a', '“', '<', '>', '&amp;'),
        fc.string({ unit: 'grapheme' }),
      ),
    );
    fc.assert(
      fc.property(typed, (parts) => {
        const text = parts.join('').replaceAll('\uE000', '');
        const bare = (one: string) => one.replace(/[\s'"]/g, '');
        expect(bare(wordsOf(text).join(''))).toBe(bare(text));
      }),
    );
  });

  it('never fail to be plain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(typeof plainOf(text)).toBe('string');
      }),
    );
  });
});

describe('quotes', () => {
  const options = new Set(['name', 'query']);
  it.each([
    ['"one two"', 'one two'],
    ['name:"one two"', 'name:one two'],
    ['--name="one two"', '--name=one two'],
    ['NAME:"one two"', 'NAME:one two'],
    ['author:"Yann LeCun"', 'author:"Yann LeCun"'],
    ['name:one', 'name:one'],
    ['name:""', 'name:'],
    ['a"b"', 'a"b"'],
  ])('%s', (word, bare) => {
    expect(withoutQuotes(word, options)).toBe(bare);
  });
});
