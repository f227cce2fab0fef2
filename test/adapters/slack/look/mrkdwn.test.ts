import { describe, expect, it } from 'vitest';
import { type Node, parse, textOf } from '../../../../adapters/slack/look/mrkdwn.ts';

/** What was read, in one line: `bold("a") · link("b" → https://x.example)`. */
function told(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return JSON.stringify(node.text);
      if ('source' in node) return `${node.kind}(${node.source})`;
      if (node.kind === 'link') return `link(${told(node.children)} → ${node.url})`;
      return `${node.kind}(${told(node.children)})`;
    })
    .join(' · ');
}

describe('Slack’s mrkdwn', () => {
  it.each([
    ['plain, a|b, 1 + 2 = 3', '"plain, a|b, 1 + 2 = 3"'],
    ['*a* _b_ ~c~', 'bold("a") · " " · italic("b") · " " · strike("c")'],
    ['*a _b_ c*', 'bold("a " · italic("b") · " c")'],
    ['model_name and A* or B*', '"model_name and A* or B*"'],
    ['* a *', '"* a *"'],
    ['*a\nb*', '"*a\\nb*"'],
    ['`*a*`', 'code(`*a*`)'],
  ])('formats: %s', (source, expected) => {
    expect(told(parse(source))).toBe(expected);
  });

  it.each([
    ['&gt; a\nb', 'quote("a") · "b"'],
    ['> a', 'quote("a")'],
    ['• a\n• b', 'list("a") · list("b")'],
    ['a &gt; b • c', '"a > b • c"'],
  ])('begins a line: %s', (source, expected) => {
    expect(told(parse(source))).toBe(expected);
  });

  it.each([
    ['<https://x.example|a>', 'link("a" → https://x.example)'],
    ['<https://x.example|*a* b>', 'link(bold("a") · " b" → https://x.example)'],
    ['*<https://x.example|1. a>*', 'bold(link("1. a" → https://x.example))'],
    ['<https://x.example/?a&amp;b|c>', 'link("c" → https://x.example/?a&b)'],
    ['<https://x.example>', 'link("https://x.example" → https://x.example)'],
    ['<mailto:a@x.example|b>', 'link("b" → mailto:a@x.example)'],
    ['https://x.example', '"https://x.example"'],
  ])('links: %s', (source, expected) => {
    expect(told(parse(source))).toBe(expected);
  });

  it.each([
    ['<@U1> <!here> <!subteam^S1>', 'call(<@U1>) · " " · call(<!here>) · " " · call(<!subteam^S1>)'],
    ['<#C1>', 'channel(<#C1>)'],
    ['<!date^1^{date}|x>', 'other(<!date^1^{date}|x>)'],
    [':smile: :+1::skin-tone-2:', 'emoji(:smile:) · " " · emoji(:+1::skin-tone-2:)'],
    ['@channel #general', '"@channel #general"'],
  ])('calls: %s', (source, expected) => {
    expect(told(parse(source))).toBe(expected);
  });

  it('undoes three entities, once', () => {
    expect(told(parse('&lt;b&gt; &amp;lt; &quot;'))).toBe(JSON.stringify('<b> &lt; &quot;'));
  });

  it('is read without what makes it look as it does', () => {
    expect(textOf(parse('• a\n*b* <https://x.example|c> `d`'))).toBe('a\nb c `d`');
  });
});
