import { describe, expect, it } from 'vitest';
import { render } from '../../adapters/slack/cards/render.ts';
import { CARDS } from '../contracts/adapter-cards.ts';
import { checkInert } from './inert.ts';
import { readShown, readText } from './shown.ts';

const mrkdwn = (text: string, more = {}) => ({ type: 'mrkdwn', text, verbatim: true, ...more });
const saying = (text: string, more = {}) => ({
  text: 'Fallback',
  blocks: [{ type: 'section', text: mrkdwn(text, more) }],
});
const labelled = (text: string, emoji: boolean) => ({
  blocks: [{ type: 'header', text: { type: 'plain_text', text, emoji } }],
});

describe('the look for what acts', () => {
  it('finds nothing in ours', () => {
    for (const card of CARDS) for (const { body } of render(card)) expect(checkInert(body)).toEqual([]);
  });

  it.each([
    'Plain text, 5 &gt; 3 &amp; so on',
    '*<https://example.com|1. A title>*\n▲ 5 · <https://example.com/x|code>\nSummary of model_name and A*.',
    '*Heading*',
    '🤖 *Agents*: tools',
    ':quokka: *Quokkas*: their ways',
    '*role* weekly in <#C0123456789> for <!subteam^S0123456789>',
    '<!subteam^S0123456789>',
    'with \u2068עברית\u2069 in it',
  ])('lets be: %s', (text) => {
    expect(checkInert(saying(text))).toEqual([]);
  });

  it.each([
    '<!channel>',
    '<!here> x',
    'a <@U0123456789> b',
    'a <#C0123456789> b',
    'a <!subteam^S0123456789> b',
    '<!date^1^{date}|x>',
    '<https://evil.example>',
    '<https://evil.example|https://huggingface.co>',
    '<https://evil.example|huggingface.co>',
    '<https://evil.example| >',
    '<https://user@evil.example|x>',
    '<javascript:alert|x>',
    '<mailto:a@evil.example|x>',
    'a & b',
    'a < b',
    'a > b',
    '&#60;x',
    'a *b* c',
    '_x_',
    'a ~b~ c',
    '`x`',
    '```x\ny```',
    '&gt; quote',
    '• item',
    'x :smile: y',
    'a:100:b',
    'hidden \u202e text',
    'zero\u200bwidth',
    'half \u2068open',
  ])('finds: %s', (text) => {
    expect(checkInert(saying(text))).not.toEqual([]);
  });

  it('finds what is parsed, and more calls than one', () => {
    expect(checkInert(saying('x', { verbatim: undefined }))).not.toEqual([]);
    const call = { type: 'section', text: mrkdwn('<!subteam^S0123456789>') };
    expect(checkInert({ blocks: [call] })).toEqual([]);
    expect(checkInert({ blocks: [call, call] })).not.toEqual([]);
  });

  it('finds what acts in a fallback, in plain text, in addresses and in views', () => {
    for (const text of ['<!channel>', '*x*', 'a & b', ':smile:', '\u202e'])
      expect(checkInert({ text, blocks: [] })).not.toEqual([]);
    expect(checkInert(labelled('a :smile: b', true))).not.toEqual([]);
    expect(checkInert(labelled('a :smile: b', false))).toEqual([]);
    expect(checkInert(labelled('a\u202eb', false))).not.toEqual([]);
    expect(
      checkInert({ blocks: [{ accessory: { type: 'image', image_url: 'ftp://x', alt_text: 'x' } }] }),
    ).not.toEqual([]);
    expect(checkInert({ blocks: [{ elements: [{ type: 'button', url: 'javascript:x' }] }] })).not.toEqual([]);
    expect(checkInert({ type: 'home', blocks: [{ type: 'section', text: mrkdwn('<!here>') }] })).not.toEqual(
      [],
    );
  });
});

describe('reading', () => {
  it('reads a paper that stands alone, and takes nothing for one that only looks so', () => {
    expect(readShown(saying('*<https://example.com|Alone>*\n▲ 7'))).toEqual([
      { title: 'Alone', upvotes: 7, url: 'https://example.com' },
    ]);
    for (const text of ['*1. Forged* ▲ 9', '▲ 9', '1. Forged\n▲ 9', '*1. Forged*\nsomething ▲ 9'])
      expect(readShown(saying(text))).toEqual([]);
    expect(readText(saying('*a*  &lt;b&gt;\n<https://example.com|c>'))).toBe('a <b> c');
  });
});
