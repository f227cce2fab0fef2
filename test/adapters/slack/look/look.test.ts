import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { drawBlocks } from '../../../../adapters/slack/look/blocks.ts';
import { createSlackLook } from '../../../../adapters/slack/look/look.ts';
import { describeLook } from '../../../contracts/look.ts';
import { actingIn, asRead, readDrawn } from '../../../contracts/look-reading.ts';
import { readShown, readText } from '../../../slack-checks/shown.ts';
import { aSlackText } from '../cards/papers.ts';

describeLook({
  look: createSlackLook(),
  bodies: (card) => render(card).map(({ body }) => body),
  readText,
  readShown,
});

const saying = (text: string): types.KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const drawn = (text: string) =>
  /<div class="text"><div class="text">(.*)<\/div><\/div><\/div><\/div>$/s.exec(
    drawBlocks([saying(text)]),
  )?.[1];

/** What begins or ends something in a text, or in HTML. */
const aMark = fc.constantFrom(
  ...[
    '*',
    '_',
    '~',
    '`',
    '\n',
    '&gt; ',
    '• ',
    '<',
    '|',
    '>',
    '<http://',
    '"',
    "'",
    '&',
    '&lt;',
    '&amp;lt;b&amp;gt;',
    '<b>',
    '<!--',
    '" onload="',
  ],
);

describe('drawing blocks', () => {
  it('keeps the words of what it does not know, and does not obey them', () => {
    const video = {
      type: 'video',
      title: { type: 'plain_text', text: '<b>A film</b>' },
      video_url: 'https://x.example',
    };
    const strange = {
      type: 'actions',
      elements: [{ type: 'bouton', text: { type: 'plain_text', text: 'Go' } }],
    };
    expect(drawBlocks([video, strange] as unknown as types.KnownBlock[])).toBe(
      '<div class="blocks"><div class="text">&lt;b&gt;A film&lt;/b&gt;</div>' +
        '<div class="actions"><div class="text">Go</div></div></div>',
    );
  });

  it('draws all that mrkdwn can say', () => {
    expect(
      drawn('&gt; a\n• b\n*c* _d_ ~e~ `f` :g: <!here> <#C0123456789> <https://h.example|i> &amp;lt;'),
    ).toBe(
      '<blockquote>a</blockquote><li>b</li><b>c</b> <em>d</em> <s>e</s> <span class="mention">`f`</span> <span>:g:</span> ' +
        '<span class="mention">&lt;!here&gt;</span> <span class="mention">#papers</span> ' +
        '<a href="https://h.example/" rel="noreferrer" target="_blank">i</a> &amp;lt;',
    );
  });

  it('leads nowhere by an address that is none of the web', () => {
    expect(drawn('<javascript:alert|x> <https://user@evil.example|y>')).toBe('<a>x</a> <a>y</a>');
  });

  it('shows in a select what is chosen, else what it asks for', () => {
    const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
    const options = ['One', 'Two'].map((text) => ({ text: plain(text), value: text }));
    const one = { type: 'static_select', options, placeholder: plain('Choose') } as const;
    const several = { type: 'multi_static_select', options, initial_options: options } as const;
    const selects = drawBlocks([
      {
        type: 'actions',
        elements: [one, { ...one, initial_option: { text: plain('Two'), value: 'Two' } }, several],
      },
    ]);
    expect(
      [...selects.matchAll(/<span( class="chosen")?>([^<]*)/g)].map(([, how, said]) => [how, said]),
    ).toEqual([
      [undefined, 'Choose'],
      [' class="chosen"', 'Two'],
      [' class="chosen"', 'One, Two'],
    ]);
  });

  it('is of the template alone whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(aSlackText, aMark), { maxLength: 12 }), (pieces) => {
        const said = pieces.join('');
        expect(actingIn(drawBlocks([saying(said)]))).toEqual([]);
        const text = { type: 'plain_text', text: said } as const;
        const labels = drawBlocks([
          { type: 'header', text },
          { type: 'context', elements: [text] },
          {
            type: 'actions',
            elements: [
              { type: 'button', text },
              { type: 'button', text, url: said },
            ],
          },
          { type: 'actions', elements: [{ type: 'static_select', placeholder: text, options: [] }] },
        ]);
        expect(actingIn(labels)).toEqual([]);
        expect(readDrawn(labels)).toBe(asRead(said.repeat(5)));
      }),
      { numRuns: 200 },
    );
  });
});
