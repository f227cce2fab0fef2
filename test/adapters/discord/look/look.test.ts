import { load } from 'cheerio';
import type { APIMessageComponent } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { drawComponents } from '../../../../adapters/discord/look/components.ts';
import { createDiscordLook } from '../../../../adapters/discord/look/look.ts';
import { PAPER_CARD } from '../../../contracts/adapter-cards.ts';
import { describeLook } from '../../../contracts/look.ts';
import { actingIn, asRead, readDrawn } from '../../../contracts/look-reading.ts';
import { readShown, readText } from '../../../discord-checks/read.ts';
import { aText } from '../cards/papers.ts';

describeLook({
  look: createDiscordLook(),
  bodies: (card) => render(card).map(({ body }) => body),
  readText,
  readShown,
});

/** What begins or ends something in a text, or in HTML. */
const aMark = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '\n',
    '> ',
    '# ',
    '[',
    '](',
    ')',
    '<',
    '>',
    '"',
    "'",
    '&',
    '<b>',
    '<!--',
    '" onload="',
  ],
);

describe('drawing components', () => {
  it('gives a message the colour at its edge that it has on Discord', () => {
    const [{ body } = { body: undefined }] = render(PAPER_CARD);
    const [frame] = body?.components ?? [];
    const color = frame && 'accent_color' in frame ? Number(frame.accent_color).toString(16) : undefined;
    expect(createDiscordLook().style).toContain(`border-left: 4px solid #${color}`);
  });

  it('keeps the words of what it does not know, and does not obey them', () => {
    const unknown = { type: 99, label: 'A <b>label</b>', components: [{ type: 98, content: 'inner' }] };
    expect(drawComponents([unknown as unknown as APIMessageComponent])).toBe(
      '<div class="text">A &lt;b&gt;label&lt;/b&gt; inner</div>',
    );
  });

  it('draws all that markdown can say', () => {
    const content =
      '# a\n## b\n-# c\n> d\n- e\n*f* __g__ ~~h~~ ||i|| `j` <@1> <t:1:R> <:k:12345> <https://l.example>';
    expect(drawComponents([{ type: 10, content }])).toBe(
      '<div class="text"><h1>a</h1><h2>b</h2><small>c</small><blockquote>d</blockquote><li>e</li>' +
        '<em>f</em> <u>g</u> <s>h</s> <mark>i</mark> <span class="code">`j`</span> ' +
        '<span class="mention">&lt;@1&gt;</span> <span class="time">&lt;t:1:R&gt;</span> ' +
        '<span class="emoji">&lt;:k:12345&gt;</span> ' +
        '<a href="https://l.example/" rel="noreferrer" target="_blank">https://l.example</a></div>',
    );
  });

  it('leads nowhere by an address that is none of the web', () => {
    const content = '[x](javascript:alert) [y](https://user@evil.example)';
    expect(drawComponents([{ type: 10, content }])).toBe('<div class="text"><a>x</a> <a>y</a></div>');
  });

  it('is of the template alone whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(aText, aMark), { maxLength: 12 }), (pieces) => {
        const said = pieces.join('');
        expect(actingIn(drawComponents([{ type: 10, content: said }]))).toEqual([]);
        const labels = drawComponents([
          { type: 1, components: [{ type: 2, style: 2, label: said, custom_id: 'x' }] },
          { type: 1, components: [{ type: 2, style: 5, label: said, url: said }] },
          { type: 1, components: [{ type: 3, custom_id: 'x', placeholder: said, options: [] }] },
        ]);
        expect(actingIn(labels)).toEqual([]);
        expect(readDrawn(labels)).toBe(asRead(said.repeat(3)));
      }),
      { numRuns: 200 },
    );
  });

  it('leads where it says, signs of HTML in the address or not', () => {
    const url = 'https://x.example/?a&lt;b&amp;c';
    const drawn = load(drawComponents([{ type: 1, components: [{ type: 2, style: 5, label: 'x', url }] }]));
    expect(drawn('a').attr('href')).toBe(url);
    const media = { url: `${url}'"` };
    const shown = load(drawComponents([{ type: 11, media } as unknown as APIMessageComponent]));
    expect(shown('img').attr('src')).toBe(`${url}%27%22`);
  });
});
