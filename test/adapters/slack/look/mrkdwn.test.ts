import { describe, expect, it } from 'vitest';
import { parse, textOf } from '../../../../adapters/slack/look/mrkdwn.ts';
import { itReads, told } from '../../reading.ts';

describe('Slack’s mrkdwn', () => {
  itReads(parse, 'formats', [
    ['plain, a|b, 1 + 2 = 3', '"plain, a|b, 1 + 2 = 3"'],
    ['*a* _b_ ~c~', 'bold("a") · " " · italic("b") · " " · strike("c")'],
    ['*a _b_ c*', 'bold("a " · italic("b") · " c")'],
    ['model_name and A* or B*', '"model_name and A* or B*"'],
    ['* a *', '"* a *"'],
    ['*a\nb*', '"*a\\nb*"'],
    ['`*a*`', 'code(`*a*`)'],
  ]);

  itReads(parse, 'begins a line', [
    ['&gt; a\nb', 'quote("a") · "b"'],
    ['> a', 'quote("a")'],
    ['• a\n• b', 'list("a") · list("b")'],
    ['a &gt; b • c', '"a > b • c"'],
  ]);

  itReads(parse, 'links', [
    ['<https://x.example|a>', 'link("a" → https://x.example)'],
    ['<https://x.example|*a* b>', 'link(bold("a") · " b" → https://x.example)'],
    ['*<https://x.example|1. a>*', 'bold(link("1. a" → https://x.example))'],
    ['<https://x.example/?a&amp;b|c>', 'link("c" → https://x.example/?a&b)'],
    ['<https://x.example>', 'link("https://x.example" → https://x.example)'],
    ['<mailto:a@x.example|b>', 'link("b" → mailto:a@x.example)'],
    ['https://x.example', '"https://x.example"'],
  ]);

  itReads(parse, 'calls', [
    ['<@U1> <!here> <!subteam^S1>', 'call(<@U1>) · " " · call(<!here>) · " " · call(<!subteam^S1>)'],
    ['<#C1>', 'channel(<#C1>)'],
    ['<!date^1^{date}|x>', 'other(<!date^1^{date}|x>)'],
    [':smile: :+1::skin-tone-2:', 'emoji(:smile:) · " " · emoji(:+1::skin-tone-2:)'],
    ['@channel #general', '"@channel #general"'],
  ]);

  it('undoes three entities, once', () => {
    expect(told(parse('&lt;b&gt; &amp;lt; &quot;'))).toBe(JSON.stringify('<b> &lt; &quot;'));
  });

  it('is read without what makes it look as it does', () => {
    expect(textOf(parse('• a\n*b* <https://x.example|c> `d`'))).toBe('a\nb c `d`');
  });
});
