import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/query.ts';
import type { WorkspaceTopic } from '../../src/domain/topic.ts';
import { expandTopics } from '../../src/topics/expand.ts';
import { NOW } from '../search/kit.ts';

function topic(slug: string, query: string): WorkspaceTopic {
  return { slug, name: slug, emoji: '🦘', meaning: slug, query, createdAt: NOW };
}

const OWN = [
  topic('splats', '"gaussian splatting" garden -mesh votes:>50 author:vega'),
  topic('new', 'after:2026 has:code topic:video'),
];
const expand = (query: string) => expandTopics(parseQuery(query), OWN);

describe('a topic of the workspace', () => {
  it('is put into the query in place of its name', () => {
    expect(expand('trees topic:splats')).toEqual({
      query: {
        words: ['trees'],
        phrases: ['gaussian splatting', 'garden'],
        without: ['mesh'],
        conditions: [{ field: 'author', value: 'vega', isExcluded: false }],
        minVotes: 51,
      },
      unwanted: [],
    });
  });

  it('is known in any case, and goes together with others', () => {
    expect(expand('topic:SPLATS topic:new').query).toMatchObject({
      phrases: ['gaussian splatting', 'garden'],
      conditions: [{ value: 'vega' }, { value: 'video' }],
      minVotes: 51,
      after: '2026-01-01',
      hasCode: true,
    });
  });

  it('holds as well as what the query itself says of days and votes: the narrower one counts', () => {
    const bounds = (text: string) => {
      const { minVotes, after, hasCode } = expand(text).query;
      return { minVotes, after, hasCode };
    };
    expect(bounds('topic:splats topic:new votes:>5 -has:code')).toEqual({
      minVotes: 51,
      after: '2026-01-01',
      hasCode: false,
    });
    expect(bounds('topic:splats topic:new votes:>90 after:2026-05')).toEqual({
      minVotes: 91,
      after: '2026-05-01',
      hasCode: true,
    });
  });

  it('that is to be left out is told apart, with all that it asks for', () => {
    const { query, unwanted } = expand('trees -topic:splats topic:video');
    expect(query).toEqual(parseQuery('trees topic:video'));
    expect(unwanted).toEqual([parseQuery(OWN[0]?.query ?? '')]);
  });
});

describe('what is no topic of the workspace', () => {
  it.each(['trees', 'topic:video', 'author:splats', 'org:splats', 'topic:splat', ''])('%j stays', (query) => {
    expect(expand(query)).toEqual({ query: parseQuery(query), unwanted: [] });
  });
});
