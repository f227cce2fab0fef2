import { describe, expect, it } from 'vitest';
import { stamp } from '../../adapters/discord/cards/press.ts';
import { render } from '../../adapters/discord/cards/render.ts';
import { aList, PAPER_CARD } from '../contracts/adapter-cards.ts';
import { sharedFolder } from '../shared.ts';
import { checkMessage } from './check.ts';
import { assertInert } from './inert.ts';
import { readShown, readText } from './read.ts';

type Body = Record<string, unknown> & { components: unknown[] };

/** A message whose only text is this. */
function saying(content: string, more: Record<string, unknown> = {}): Body {
  const help = { type: 1, components: [{ type: 2, style: 2, label: 'Help', custom_id: 'help' }] };
  const components = [{ type: 17, components: [{ type: 10, content }, help] }];
  return { flags: 1 << 15, allowed_mentions: { parse: [] }, components, ...more };
}

function withButtons(...buttons: Record<string, unknown>[]): Body {
  return {
    ...saying('x'),
    components: [{ type: 1, components: buttons.map((one) => ({ type: 2, style: 2, ...one })) }],
  };
}

describe('the check of a message', () => {
  it('finds nothing wrong with ours', () => {
    const [{ body } = { body: undefined }] = render(aList(10));
    expect(checkMessage({ ...body, components: stamp(body?.components, { mark: 'm'.repeat(25) }) })).toEqual(
      [],
    );
  });

  it.each<[string, unknown]>([
    ['no body', null],
    ['without their flag', { ...saying('x'), flags: 0 }],
    ['content or embeds', saying('x', { content: 'y' })],
    ['no allowed_mentions', saying('x', { allowed_mentions: undefined })],
    ['empty message', { ...saying('x'), components: [] }],
    ['2 at the top', { ...saying('x'), components: [{ type: 2 }] }],
    [
      '41 components',
      { ...saying('x'), components: Array.from({ length: 41 }, () => ({ type: 10, content: 'x' })) },
    ],
    ['4001 displayed characters', saying('x'.repeat(4001))],
    ['bytes of text', saying('漢'.repeat(3400))],
    ['half a surrogate pair', saying('\ud800')],
    ['an empty text', saying(' ')],
    ['the same custom_id twice', withButtons({ label: 'a', custom_id: 'a' }, { label: 'b', custom_id: 'a' })],
    ['no press that a mark', withButtons({ style: 5, label: 'a', url: 'https://example.com' })],
    ['a button for nothing', withButtons({ label: 'a', custom_id: 'a' }, { label: 'b' })],
    ['a button called', withButtons({ label: '', custom_id: 'a' })],
    ['a row of anything', withButtons(...'abcdef'.split('').map((id) => ({ label: id, custom_id: id })))],
    ['custom_id "', withButtons({ label: 'a', custom_id: 'x'.repeat(101) })],
  ])('finds: %s', (problem, body) => {
    expect(checkMessage(body).join('; ')).toContain(problem);
  });

  it('finds what only the schema knows', ({ skip }) => {
    skip(!sharedFolder, 'the schema is not here');
    expect(checkMessage(saying('x', { contnet: 'y' })).join()).toContain('additional properties');
    expect(checkMessage(withButtons({ style: 99, label: 'a', custom_id: 'a' }))).not.toEqual([]);
  });
});

describe('the look for what acts', () => {
  it.each([
    'Plain text, 5 > 3 & so on',
    '**1\\. [A title](https://example.com)**\n-# ▲ 5 · [code](https://example.com/x)\nSummary.',
    '## Heading\n-# Small',
    '\\*not bold\\* \\@everyone https\\://evil.example',
    'with \u2068עברית\u2069 in it',
    '<:quokka:123456> **Name**: meaning',
  ])('lets be: %s', (content) => {
    expect(() => assertInert(saying(content))).not.toThrow();
  });

  it.each([
    '@everyone',
    'a <@1> b',
    '<@&123>',
    'see https://evil.example/x',
    '<https://evil.example>',
    '*x* y',
    'a **b** c',
    '~~x~~',
    '||x||',
    '`x`',
    '```x```',
    '> quote',
    '- item',
    '1. item',
    '<t:1:R>',
    ':smile:',
    'x <:a:123456>',
    '[https://a.example](https://evil.example)',
    '[a\\*b](https://example.com)',
    '[label](javascript:alert)',
    '[label](https://user@evil.example)',
    'hidden \u202e text',
    'zero\u200bwidth',
    'עברית without isolation',
    'half \u2068open',
  ])('throws for: %s', (content) => {
    expect(() => assertInert(saying(content))).toThrow();
  });

  it('throws for calls that are let through, and lets a role be called by its line alone', () => {
    const called = { allowed_mentions: { parse: [], roles: ['123'] } };
    expect(() => assertInert(saying('<@&123>', called))).not.toThrow();
    expect(() => assertInert(saying('you <@&123>', called))).toThrow();
    expect(() => assertInert(saying('x', { allowed_mentions: { parse: ['roles'] } }))).toThrow();
    expect(() => assertInert(saying('x', { allowed_mentions: undefined }))).toThrow();
  });

  it('throws for what hides in a label', () => {
    expect(() => assertInert(withButtons({ label: 'a\u202eb', custom_id: 'a' }))).toThrow();
    expect(() => assertInert(withButtons({ style: 5, label: 'a', url: 'ftp://example.com' }))).toThrow();
  });
});

describe('reading', () => {
  it('reads a paper that stands alone without a number', () => {
    const [{ body } = { body: undefined }] = render(PAPER_CARD);
    expect(readShown(body)).toEqual([
      { title: 'Quokka alone', upvotes: 7, url: 'https://huggingface.co/papers/2611.00001' },
    ]);
    expect(readText(body)).toContain(
      'Quokka alone ▲ 7 Abstract About it. The note Page arXiv PDF Save Similar',
    );
  });

  it('takes nothing for a paper that only looks so', () => {
    for (const content of ['**1\\. Forged** ▲ 9', '-# ▲ 9', '### Heading\n▲ 9', '1\\. Forged\n-# ▲ 9']) {
      expect(readShown(saying(content))).toEqual([]);
    }
  });
});
