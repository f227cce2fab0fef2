import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../adapters/terminal/layout.ts';
import type { Card } from '../../../src/domain/card.ts';
import { ACTION_CARD, aHostileCard } from '../../contracts/adapter-cards.ts';
import { plainText } from './bench.ts';
import { lines, listOf, onePaper, PLAIN } from './layouts.ts';

describe('an answer', () => {
  const card: Card = {
    kind: 'text',
    title: 'Help',
    paragraphs: ['What there is.'],
    rows: [
      { name: 'one', value: 'First value' },
      { name: 'feed add', value: 'Second value' },
      { name: 'a name longer than a third of the line', value: 'Third value' },
    ],
  };

  it('sets values under each other', () => {
    expect(layOut(card, PLAIN)).toBe(`Help
What there is.

one       First value
feed add  Second value
a name longer than a third of the line
          Third value

`);
  });

  it('sets a value under its name where the window is narrow', () => {
    expect(lines(layOut(card, { ...PLAIN, columns: 30 })).slice(3, 5)).toEqual(['one', '  First value']);
  });

  it('needs neither rows nor paragraphs', () => {
    expect(layOut({ kind: 'text', title: 'Done', paragraphs: [] }, PLAIN)).toBe('Done\n\n');
    expect(
      layOut({ kind: 'text', title: 'T', paragraphs: [], rows: [{ name: 'n', value: '' }] }, PLAIN),
    ).toBe('T\nn\n\n');
  });
});

describe('what the reader may do', () => {
  it('is said as commands under each other, apart from the rest', () => {
    const text = layOut({ ...ACTION_CARD, rows: [{ name: 'feed', value: 'abc234' }] }, PLAIN);
    expect(text).toBe(`A question
It may have arrived.

feed  abc234

Resend:   paperwire paper delivery resend feed@2026-11-23#2
Dismiss:  paperwire paper delivery dismiss feed@2026-11-23#2

`);
  });

  it('goes on under itself where it does not fit', () => {
    const delivery = 'alarm/slot/abc234@2026-11-23/2026-11-23T13:00:00.000Z#0';
    const actions = [{ label: 'Dismiss', command: 'delivery dismiss', options: { delivery } }];
    expect(layOut({ kind: 'text', title: 'T', paragraphs: [], actions }, PLAIN)).toBe(`T

Dismiss:  paperwire paper delivery dismiss
          ${delivery}

`);
  });

  it('does not obey what stands in it', () => {
    const actions = [{ label: '\x1b[2JGo', command: 'search', options: { words: '\x1b]0;x\x07 $(reboot)' } }];
    const text = layOut({ kind: 'text', title: 'T', paragraphs: [], actions }, PLAIN);
    expect(text).toBe("T\n\n[2JGo:  paperwire paper search ']0;x $(reboot)'\n\n");
  });
});

describe('a panel', () => {
  it('is a list of its topics with the command that follows each', () => {
    const topics = [
      { slug: 'agents', name: 'Agents', emoji: '🤖', meaning: 'agents and tools' },
      { slug: 'world-models', name: 'World models', emoji: '🌍', meaning: 'models of worlds' },
    ];
    const card: Card = { kind: 'panel', title: 'Topics', paragraphs: ['Follow what you like.'], topics };
    expect(layOut(card, PLAIN)).toBe(`Topics
Follow what you like.

🤖 Agents        paperwire paper follow agents
🌍 World models  paperwire paper follow world-models

`);
  });
});

it('is never wider than the window, whatever a paper holds; only an address on its own line may be', () => {
  fc.assert(
    fc.property(aHostileCard, fc.integer({ min: 20, max: 300 }), fc.boolean(), (card, columns, hasLinks) => {
      for (const line of lines(layOut(card, { columns, hasLinks, hasColor: true }))) {
        const plain = plainText(line);
        if (!/^ *https?:[\x21-\x7e]+$/.test(plain)) expect(stringWidth(plain)).toBeLessThanOrEqual(columns);
        expect(plain).toBe(plain.trimEnd());
      }
    }),
    { numRuns: 500 },
  );
});

it('lays out as if a window narrower than 20 columns had 20', () => {
  const card = listOf(onePaper({}));
  expect(layOut(card, { ...PLAIN, columns: 3 })).toBe(layOut(card, { ...PLAIN, columns: 20 }));
});

describe('a command to go on with', () => {
  it('keeps people’s own words as they are', () => {
    const query = 'note: /paper help';
    const actions = [{ label: 'Next page', command: 'search', options: { query, page: 2 } }];
    const card: Card = { kind: 'text', title: 'Found', paragraphs: ['Give /paper help.'], actions };
    expect(layOut(card, PLAIN)).toContain(query);
  });
});
