import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../adapters/slack/answering/message-text.ts';

describe('the text of a message that somebody points at', () => {
  it.each([
    ['text alone', { text: 'Read &lt;2608.19880&gt;' }, 'Read <2608.19880>'],
    ['a link', { text: '<https://arxiv.org/abs/2608.19880|a paper>' }, 'https://arxiv.org/abs/2608.19880'],
    [
      'blocks',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'One' }, fields: [{ text: 'Two' }] }] },
      'One\nTwo',
    ],
    [
      'a preview',
      { attachments: [{ from_url: 'https://hf.co/papers/2601.00001', fields: [{ title: 'Votes' }] }] },
      'https://hf.co/papers/2601.00001\nVotes',
    ],
    [
      'a message that was passed on',
      {
        attachments: [
          { message_blocks: [{ message: { blocks: [{ elements: [{ text: '2601.00002' }] }] } }] },
        ],
      },
      '2601.00002',
    ],
    [
      'a message of ours',
      { blocks: [{ accessory: { url: 'https://arxiv.org/abs/1' } }] },
      'https://arxiv.org/abs/1',
    ],
    ['the same twice', { text: 'One', blocks: [{ text: { text: 'One' } }] }, 'One'],
    ['no words', {}, ''],
  ])('has %s', (_, message, text) => {
    expect(textOf(message)).toBe(text);
  });

  it('has as much as is searched, of whatever form it is', () => {
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 10, key: fc.constantFrom('text', 'blocks', 'elements', 'message') }),
        (one) => {
          expect(textOf(one).length).toBeLessThanOrEqual(6000);
        },
      ),
    );
    expect(textOf({ text: 'word '.repeat(5000) }).length).toBeLessThanOrEqual(6000);
  });
});
