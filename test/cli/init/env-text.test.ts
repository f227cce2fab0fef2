import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedEnvText, readEnvText } from '../../../src/cli/init/env-text.ts';

const NAMES = ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'SMTP_URL', 'MAIL_FROM'];
const name = fc.constantFrom(...NAMES);
/** A value as people are asked for: no blank at its ends, one line. */
const value = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const line = fc.oneof(
  fc.tuple(name, value).map(([key, given]) => `${key}=${given}`),
  fc.tuple(name, value).map(([key, given]) => `  export ${key} = "${given}"`),
  name.map((key) => `#${key}=`),
  fc.constantFrom(
    '',
    '# A comment, of "words" and a = sign',
    'OTHER=1',
    "QUOTED='a # b'",
    'HALF="open',
    'LONE',
  ),
  fc.constantFrom('KEY="two', 'lines" # of a value', 'EMPTY=', 'BLANK=   ', '\tTAB=1'),
  fc.string({ maxLength: 20 }).filter((text) => !text.includes('\n')),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, ending, isWhole]) => lines.join(ending) + (isWhole && lines.length > 0 ? ending : ''));

/** Whether one text is the other with lines put in and others put behind a `#`. */
function isKept(before: string, after: string): boolean {
  const lines = after.split('\n');
  let at = 0;
  return before
    .split('\n')
    .filter((one, index, all) => index < all.length - 1 || one !== '')
    .every((one) => {
      while (at < lines.length) {
        const found = lines[at++]?.replace(/\r$/, '');
        if (found === one.replace(/\r$/, '') || found === `#${one.replace(/\r$/, '')}`) return true;
      }
      return false;
    });
}

describe('a changed .env', () => {
  it('is read as it was meant, whatever stood there', () => {
    fc.assert(
      fc.property(text, fc.dictionary(name, value, { minKeys: 1 }), (before, changes) => {
        const after = changedEnvText(before, changes);
        fc.pre(after !== undefined);
        expect(readEnvText(after as string)).toEqual({ ...readEnvText(before), ...changes });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every line', () => {
    fc.assert(
      fc.property(text, fc.dictionary(name, value, { minKeys: 1 }), (before, changes) => {
        const after = changedEnvText(before, changes);
        fc.pre(after !== undefined);
        expect(isKept(before, after as string), JSON.stringify([before, after])).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is given for every text that a person would write, and every token', () => {
    const sane = fc.constantFrom(
      '',
      'OTHER=1\n',
      '# words\n\n#DISCORD_TOKEN=\nOTHER="a b"',
      "DISCORD_TOKEN='x'\r\n",
    );
    const token = fc.stringMatching(/^[\w.:/@%#$&*!?<> -]{1,60}$/).map((given) => given.trim());
    fc.assert(
      fc.property(sane, name, token.filter(Boolean), (before, key, given) => {
        expect(changedEnvText(before, { [key]: given })).toBeDefined();
      }),
    );
  });

  it('is the same text where nothing changes', () => {
    fc.assert(
      fc.property(text, (before) => {
        expect(changedEnvText(before, readEnvText(before) as Record<string, string>)).toBe(before);
      }),
    );
  });

  it.each([
    ['an empty one', '', 'DISCORD_TOKEN=new\n'],
    [
      'the example',
      '# Discord\n#DISCORD_TOKEN=\n#SMTP_URL=x\n',
      '# Discord\n#DISCORD_TOKEN=\nDISCORD_TOKEN=new\n#SMTP_URL=x\n',
    ],
    [
      'an old value',
      'A=1\nDISCORD_TOKEN=old # mine\nB=2',
      'A=1\n#DISCORD_TOKEN=old # mine\nDISCORD_TOKEN=new\nB=2',
    ],
    ['the end of a file', 'A=1\n#DISCORD_TOKEN=', 'A=1\n#DISCORD_TOKEN=\nDISCORD_TOKEN=new\n'],
    ['other line ends', 'A=1\r\n', 'A=1\r\nDISCORD_TOKEN=new\r\n'],
    [
      'several old values',
      'DISCORD_TOKEN=a\nDISCORD_TOKEN=b\n',
      '#DISCORD_TOKEN=a\n#DISCORD_TOKEN=b\nDISCORD_TOKEN=new\n',
    ],
  ])('puts a new value where one looks for it: %s', (_what, before, after) => {
    expect(changedEnvText(before, { DISCORD_TOKEN: 'new' })).toBe(after);
  });

  it('leaves a value of many lines alone in which a line looks like a setting', () => {
    const before = 'KEY="begin\nDISCORD_TOKEN=no\nend"\n';
    expect(changedEnvText(before, { DISCORD_TOKEN: 'new' })).toBe(`${before}DISCORD_TOKEN=new\n`);
  });

  it('takes a variable out, and keeps its value as a comment', () => {
    const after = changedEnvText('DISCORD_TOKEN_FILE=/run/token\nA=1\n', { DISCORD_TOKEN_FILE: '' });
    expect(after).toBe('#DISCORD_TOKEN_FILE=/run/token\nA=1\n');
  });

  it('is not given where Node would read something else', () => {
    expect(changedEnvText('', { MAIL_FROM: `a'b"c\`d#e` })).toBeUndefined();
  });
});
