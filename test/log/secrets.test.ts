import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScrubber, type LogFields, withFields } from '../../src/log.ts';
import { linesOf, logged } from './lines.ts';

// Shaped like real tokens, put together here so that no scanner takes this file for a leak.
const HUGGING_FACE = `hf_${'aB3'.repeat(11)}`;

const DISCORD = [`${'MTIz'.repeat(6)}Nw`, 'GaBc-1', 'x'.repeat(38)].join('.');
const SLACK = ['xoxb', '123456789012', '123456789012', 'aBcDeFgHiJkLmNoP'].join('-');
const SLACK_APP = ['xapp', '1', 'A123', '456', 'abcdef'].join('-');

describe('what looks like a secret', () => {
  const scrub = createScrubber();

  it.each([
    [HUGGING_FACE, '[secret]'],
    [DISCORD, '[secret]'],
    [SLACK, '[secret]'],
    [`xoxe.${SLACK}`, 'xoxe.[secret]'],
    [SLACK_APP, '[secret]'],
    [`Bearer ${'a1.'.repeat(9)}`, 'Bearer [secret]'],
    ['Basic dXNlcjpwYXNz', 'Basic [secret]'],
    ['postgres://bot:pass@db.example/paperwire', 'postgres://[secret]@db.example/paperwire'],
    ['redis://:p@ss@cache.example', 'redis://[secret]@cache.example'],
    ['https://token123@example.com/x', 'https://[secret]@example.com/x'],
    ['https://discord.com/api/webhooks/123/ab-C_d', 'https://discord.com/api/webhooks/123/[secret]'],
    [
      'https://discord.com/api/v10/interactions/123/ab.c/callback',
      'https://discord.com/api/v10/interactions/123/[secret]/callback',
    ],
    ['https://hooks.slack.com/services/T1/B2/x3', 'https://hooks.slack.com/services/[secret]'],
    ['https://example.com/?token=abc&limit=5', 'https://example.com/?token=[secret]&limit=5'],
  ])('%s', (text, clean) => {
    expect(scrub(text)).toBe(clean);
  });

  it.each([
    'https://huggingface.co/papers/2608.19880',
    'arXiv 2608.19880v2, https://arxiv.org/abs/2608.19880',
    'Basic Representations of Things and Bearer of news',
    'mail someone@example.com about https://example.com/path',
    'sqlite:data/paperwire.db',
    'feed7#2026-11-23#0',
  ])('leaves alone: %s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('is found in the midst of an error, and the line stays JSON', () => {
    const error = new Error(`refused:\n${DISCORD}\n${HUGGING_FACE}`, { cause: new Error(`\t${SLACK}`) });
    const text = logged((log) => log.warn(`With ${SLACK_APP}`, { error, [HUGGING_FACE]: [DISCORD] }));
    for (const secret of [HUGGING_FACE, DISCORD, SLACK, SLACK_APP]) expect(text).not.toContain(secret);
    expect(linesOf(text)[0]?.msg).toBe('With [secret]');
  });

  it.each([
    ['the ids of its run, feed and delivery', { run: SLACK, feed: HUGGING_FACE, delivery: `${DISCORD}#0` }],
    [
      'the cause of a cause',
      { error: new Error('a', { cause: new Error('b', { cause: new Error(DISCORD) }) }) },
    ],
    ['headers', { headers: { authorization: `Bearer ${DISCORD}`, 'x-token': [HUGGING_FACE] } }],
    ['headers of an error', { error: Object.assign(new Error('a'), { headers: { cookie: `d=${SLACK}` } }) }],
    ['a query', { url: `https://x.example/?a=1&access_token=${SLACK_APP}&b=2` }],
    ['an address', { url: new URL(`https://${HUGGING_FACE}:x@x.example/?token=${DISCORD}`) }],
  ])('does not come out of %s', (_where, fields) => {
    const text = logged((log) => withFields(log, fields).error('Failed', fields));
    for (const secret of [HUGGING_FACE, DISCORD, SLACK, SLACK_APP]) expect(text).not.toContain(secret);
    expect(text).toContain('[secret]');
    expect(linesOf(text)).toHaveLength(1);
  });

  it('takes its time in proportion to the text: 200 KB of almost secrets pass', () => {
    for (const piece of [
      'a',
      'hf_',
      '://',
      '://a:',
      'a.',
      `${'a'.repeat(24)}.`,
      'webhooks/1',
      '@',
      'xoxb',
      '=',
      '\\"',
    ]) {
      const text = piece.repeat(200_000 / piece.length);
      expect(scrub(text).length).toBeGreaterThan(0);
      expect(linesOf(logged((log) => log.info(text)))).toHaveLength(1);
    }
  });
});

describe('a configured secret', () => {
  it('is hidden as it is, inside JSON and in a URL', () => {
    const secret = 'pa"ss wd\\';
    const text = logged(
      (log) =>
        log.info('Sent', {
          body: JSON.stringify({ secret }),
          url: `https://x.example/?q=${encodeURIComponent(secret)}`,
        }),
      [secret],
    );
    expect(linesOf(text)[0]).toMatchObject({
      body: '{"secret":"[secret]"}',
      url: 'https://x.example/?q=[secret]',
    });
  });

  it('does not come out as the bytes of a buffer', () => {
    const secret = 'hunter2';
    const bytes = Buffer.from(`{"password":"${secret}"}`);
    const circle: LogFields = { long: Buffer.from(secret.repeat(50)), plain: new Uint8Array(bytes) };
    circle.self = circle;
    const text = logged(
      (log) => {
        log.error('Sent', { body: bytes, view: new Uint8Array(bytes), list: [[bytes]], counts: [1, 2, 3] });
        log.error('Failed', { error: Object.assign(new Error('refused'), { body: bytes }) });
        log.error('Round', { circle });
      },
      [secret],
    );
    // In decimal, as JSON has bytes; keys between them are left out.
    const shown = text.replaceAll(/"\d+":/g, '');
    expect(shown).not.toContain([...Buffer.from(secret)].join(','));
    expect(linesOf(text)).toMatchObject([
      { body: { data: ['[bytes]'] }, view: { 0: '[bytes]' }, counts: [1, 2, 3] },
      { error: { body: { data: ['[bytes]'] } } },
      { msg: 'Round' },
    ]);
  });

  it('is not seen in numbers that are no bytes, and the line stays JSON whatever they are', () => {
    const numbers = fc.array(
      fc.oneof(fc.nat(), fc.nat(300), fc.double({ noNaN: true, noDefaultInfinity: true })),
    );
    fc.assert(
      fc.property(numbers, fc.string(), (data, text) => {
        const fields = { of: { data, [text]: text }, map: { ...data }, text: JSON.stringify({ data }) };
        const written = logged((log) => log.info(text, fields));
        expect(linesOf(written)).toMatchObject([{ msg: text, text: fields.text }]);
      }),
      { numRuns: 200 },
    );
    const kept = linesOf(logged((log) => log.info('Kept', { data: [2026, 1.5, -3], 0: 1 })));
    expect(kept).toMatchObject([{ data: [2026, 1.5, -3], 0: 1 }]);
  });

  it('is hidden whole where it begins with another', () => {
    expect(createScrubber(['pass', 'password'])('password')).toBe('[secret]');
  });

  it('hides nothing when it is too short to be one', () => {
    expect(createScrubber(['', 'a', 'the'])('the paper')).toBe('the paper');
  });

  it('is not seen in the escape of a line break', () => {
    expect(linesOf(logged((log) => log.info('a\nbcdef'), ['nbcdef']))[0]?.msg).toBe('a\nbcdef');
  });

  const aSecret = fc.oneof(
    fc.string({ minLength: 4, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '\n', 'n', 'u', '0', '/', '%', '@', ':', '{', '漢'),
      minLength: 4,
    }),
    fc.integer({ min: 1000, max: 2_000_000 }).map(String),
  );

  it('never appears, whatever it is and wherever it stands', () => {
    fc.assert(
      fc.property(aSecret, fc.string(), fc.string(), (secret, before, after) => {
        const text = `${before}${secret}${after}`;
        const number = Number(secret);
        const written = logged(
          (log) =>
            log.error(text, {
              plain: text,
              [text]: 1,
              number,
              deep: { list: [[{ text }]], [`key ${text}`]: text },
              json: JSON.stringify({ text }),
              error: Object.assign(new Error(text, { cause: new Error(text) }), { detail: { text } }),
              several: new AggregateError([new Error(text)], text),
            }),
          [secret],
        );
        expect(
          textsOf(linesOf(written)).filter((one) => one.includes(secret) && !'[secret]'.includes(secret)),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Every key, string and number of a value, as text. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
  }
  return [String(value)];
}
