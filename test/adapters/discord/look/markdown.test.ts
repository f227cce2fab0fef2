import { describe, expect, it } from 'vitest';
import { parse, textOf } from '../../../../adapters/discord/look/markdown.ts';
import { itReads, told } from '../../reading.ts';

describe('Discord’s markdown', () => {
  itReads(parse, 'formats', [
    ['plain, a|b, x~y, C#, 3 > 2', '"plain, a|b, x~y, C#, 3 > 2"'],
    ['**a** b', 'bold("a") · " b"'],
    ['*a* _b_ __c__', 'italic("a") · " " · italic("b") · " " · underline("c")'],
    ['~~a~~ ||b||', 'strike("a") · " " · spoiler("b")'],
    ['**a *b* c**', 'bold("a " · italic("b") · " c")'],
    ['snake_case_name _a_b', '"snake_case_name _a_b"'],
    ['* not italic *', 'list("not italic *")'],
    ['a * b * c', '"a * b * c"'],
    ['**a', '"**a"'],
    ['`*a*` ```b\nc```', 'code(`*a*`) · " " · code(```b\nc```)'],
  ]);

  itReads(parse, 'begins a line', [
    ['# a\n## b\n### c', 'heading1("a") · heading2("b") · heading3("c")'],
    ['-# a', 'subtext("a")'],
    ['> a\nb', 'quote("a") · "b"'],
    ['>>> a\nb', 'quote("a\\nb")'],
    ['- a\n2. b', 'list("a") · list("b")'],
    ['a # b - c > d 1. e', '"a # b - c > d 1. e"'],
    ['#a', '"#a"'],
    ['\u2068# a\u2069', '"\u2068" · heading1("a\u2069")'],
  ]);

  itReads(parse, 'links', [
    ['[a](https://x.example)', 'link("a" → https://x.example)'],
    ['[a](<https://x.example> "title")', 'link("a" → https://x.example)'],
    ['[**a** b](https://x.example/(y))', 'link(bold("a") · " b" → https://x.example/(y))'],
    ['[a\\*](https://x.example)', 'link("a\\\\*" → https://x.example)'],
    ['https://x.example/y.', 'link("https://x.example/y" → https://x.example/y) · "."'],
    ['<https://x.example>', 'link("https://x.example" → https://x.example)'],
    ['[a] (https)', '"[a] (https)"'],
    ['\\[a](b)', '"[a](b)"'],
  ]);

  itReads(parse, 'calls', [
    ['@everyone', 'mention(@everyone)'],
    [
      '<@1> <@!2> <@&3> <#4>',
      'mention(<@1>) · " " · mention(<@!2>) · " " · mention(<@&3>) · " " · mention(<#4>)',
    ],
    ['</paper today:123>', 'mention(</paper today:123>)'],
    ['<t:1:R>', 'time(<t:1:R>)'],
    [':smile: <a:b:12345>', 'emoji(:smile:) · " " · emoji(<a:b:12345>)'],
    ['a: b: c', '"a: b: c"'],
    ['\\@everyone \\<@1> \\:smile\\:', '"@everyone <@1> :smile:"'],
  ]);

  it('escapes every sign, and no letter, digit or blank', () => {
    expect(told(parse('\\*a\\* \\_ \\# \\\\ \\a \\1 \\ b'))).toBe(JSON.stringify('*a* _ # \\ \\a \\1 \\ b'));
  });

  it('is read without what makes it look as it does', () => {
    expect(textOf(parse('# a\n**b** [c](https://x.example) `d`\n-# e'))).toBe('a\nb c `d`\ne\n');
  });
});
