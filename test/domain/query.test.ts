import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmptyQuery, parseQuery, type Query } from '../../src/domain/query.ts';

const EMPTY: Query = { words: [], phrases: [], without: [], conditions: [] };
const query = (given: Partial<Query>): Query => ({ ...EMPTY, ...given });
const named = (field: 'author' | 'topic' | 'organization', value: string, isExcluded = false) =>
  query({ conditions: [{ field, value, isExcluded }] });

describe('parseQuery', () => {
  it.each<[string, Query]>([
    ['gaussian splatting', query({ words: ['gaussian', 'splatting'] })],
    ['  two\n words\t', query({ words: ['two', 'words'] })],
    ['GPT-4o c++', query({ words: ['GPT-4o', 'c++'] })],
    ['"deep research" now', query({ phrases: ['deep research'], words: ['now'] })],
    ['“deep research„ now', query({ phrases: ['deep research'], words: ['now'] })],
    ['"without an end', query({ phrases: ['without an end'] })],
    ['a"b c"d', query({ words: ['a', 'd'], phrases: ['b c'] })],
    ['-word -"some words"', query({ without: ['word', 'some words'] })],
    ['author:lecun', named('author', 'lecun')],
    ['BY:"yann lecun"', named('author', 'yann lecun')],
    ['-author:"yann lecun"', named('author', 'yann lecun', true)],
    ['topic:3d', named('topic', '3d')],
    ['org:nvidia', named('organization', 'nvidia')],
    ['-organization:"a b"', named('organization', 'a b', true)],
    ['after:2026-11-23', query({ after: '2026-11-23' })],
    ['since:2026-11', query({ after: '2026-11-01' })],
    ['before:2026', query({ before: '2026-01-01' })],
    ['until:"2026"', query({ before: '2026-01-01' })],
    ['-after:2026', query({ before: '2026-01-01' })],
    ['-until:2026', query({ after: '2026-01-01' })],
    ['votes:>50', query({ minVotes: 51 })],
    ['votes:>=50', query({ minVotes: 50 })],
    ['votes:50', query({ minVotes: 50 })],
    ['votes:<50', query({ maxVotes: 49 })],
    ['votes:<=50', query({ maxVotes: 50 })],
    ['votes:=50', query({ minVotes: 50, maxVotes: 50 })],
    ['-votes:>50', query({ maxVotes: 50 })],
    ['-votes:>=50', query({ maxVotes: 49 })],
    ['-votes:50', query({ maxVotes: 49 })],
    ['-votes:<50', query({ minVotes: 50 })],
    ['-votes:<=50', query({ minVotes: 51 })],
    ['votes:>5 votes:<9', query({ minVotes: 6, maxVotes: 8 })],
    ['has:code', query({ hasCode: true })],
    ['-has:GitHub', query({ hasCode: false })],
  ])('reads %j', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });

  it.each([
    ['after:yesterday', 'after:yesterday'],
    ['after:2026-13', 'after:2026-13'],
    ['before:2026-02-30', 'before:2026-02-30'],
    ['votes:many', 'votes:many'],
    ['votes:>-1', 'votes:>-1'],
    ['votes:1234567890', 'votes:1234567890'],
    ['has:video', 'has:video'],
  ])('takes %j, which it cannot read, for a word, and says so', (text, word) => {
    expect(parseQuery(text)).toEqual(query({ words: [word], unread: [word] }));
  });

  it.each([
    ['colour:red', 'colour:red'],
    ['constructor:x', 'constructor:x'],
    ['__proto__:x', '__proto__:x'],
    ['https://arxiv.org/abs/2611.00001', 'https://arxiv.org/abs/2611.00001'],
    ['colour:"deep red"', 'colour:deep red'],
    ['author:', 'author:'],
  ])('takes %j, which is no filter, for a word', (text, word) => {
    expect(parseQuery(text)).toEqual(query({ words: [word] }));
  });

  it('takes a filter that it cannot read and that is excluded for an excluded word', () => {
    expect(parseQuery('-votes:many')).toEqual(query({ without: ['votes:many'], unread: ['votes:many'] }));
  });

  it.each(['', '  ', '""', '"', '-', '--', '""-""', 'author:""', '- "…" !', '🧠', 'ͺ', '\0\u200b'])(
    'reads %j as nothing',
    (text) => {
      expect(parseQuery(text)).toEqual(EMPTY);
      expect(isEmptyQuery(parseQuery(text))).toBe(true);
    },
  );

  it('never throws, and keeps every letter and digit in its order', () => {
    const said = (text: string) => text.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '');
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(texts, (text) => {
        // Filters are read as filters, so what could be one is left out here.
        const plain = text
          .replaceAll(':', ' ')
          .replaceAll('"', ' ')
          .replaceAll(/[“”„-]/g, ' ');
        const { words, ...rest } = parseQuery(plain);
        expect(words.map(said).join('')).toBe(said(plain));
        expect(rest).toEqual({ phrases: [], without: [], conditions: [] });
        expect(() => parseQuery(text)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps all words, phrases and what is excluded, whatever order they come in', () => {
    const word = fc.stringMatching(/^[a-zA-Zéß0-9][\w.+#é-]{0,9}$/);
    const part = fc.oneof(
      word.map((text) => ({ kind: 'words', text, typed: text })),
      fc.array(word, { minLength: 1, maxLength: 3 }).map((some) => ({
        kind: 'phrases',
        text: some.join(' '),
        typed: `"${some.join(' ')}"`,
      })),
      word.map((text) => ({ kind: 'without', text, typed: `-${text}` })),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const read = parseQuery(parts.map(({ typed }) => typed).join(' '));
        for (const kind of ['words', 'phrases', 'without'] as const)
          expect(read[kind]).toEqual(parts.filter((one) => one.kind === kind).map(({ text }) => text));
      }),
    );
  });

  it('reads filters back as they are written', () => {
    const value = fc.stringMatching(/^[a-z0-9é][a-z0-9é .,'-]{0,20}[a-z0-9]$/);
    const condition = fc.record({
      field: fc.constantFrom('author' as const, 'topic' as const, 'organization' as const),
      value,
      isExcluded: fc.boolean(),
    });
    const day = fc
      .integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 0) })
      .map((ms) => new Date(ms).toISOString().slice(0, 10));
    const filters = fc.record(
      { after: day, before: day, minVotes: fc.nat(99_999), maxVotes: fc.nat(99_999), hasCode: fc.boolean() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(condition), filters, (conditions, bounds) => {
        const given = query({ conditions, ...bounds });
        expect(parseQuery(write(given))).toEqual(given);
      }),
    );
  });
});

/** A query's filters, as somebody would type them. */
function write({ conditions, after, before, minVotes, maxVotes, hasCode }: Query): string {
  return [
    ...conditions.map(({ field, value, isExcluded }) => `${isExcluded ? '-' : ''}${field}:"${value}"`),
    after && `after:${after}`,
    before && `before:${before}`,
    minVotes !== undefined && `votes:>=${minVotes}`,
    maxVotes !== undefined && `votes:<=${maxVotes}`,
    hasCode !== undefined && `${hasCode ? '' : '-'}has:code`,
  ]
    .filter(Boolean)
    .join(' ');
}

describe('a query', () => {
  it.each(['word', '"phrase"', '-word', 'author:x', 'after:2026', 'votes:0', '-has:code'])(
    '%s asks for something',
    (text) => expect(isEmptyQuery(parseQuery(text))).toBe(false),
  );
});
