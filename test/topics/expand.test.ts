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
      words: ['trees'],
      phrases: ['gaussian splatting', 'garden'],
      without: ['mesh'],
      conditions: [{ field: 'author', value: 'vega', isExcluded: false }],
      minVotes: 51,
    });
  });

  it('is known in any case, and goes together with others', () => {
    expect(expand('topic:SPLATS topic:new')).toMatchObject({
      phrases: ['gaussian splatting', 'garden'],
      conditions: [{ value: 'vega' }, { value: 'video' }],
      minVotes: 51,
      after: '2026-01-01',
      hasCode: true,
    });
  });

  it('gives way to what the query itself says of days, votes and code', () => {
    expect(expand('topic:splats topic:new votes:>5 -has:code')).toMatchObject({
      minVotes: 6,
      hasCode: false,
      after: '2026-01-01',
    });
  });

  it('that is to be left out stays a name', () => {
    expect(expand('trees -topic:splats')).toEqual(parseQuery('trees -topic:splats'));
  });
});

describe('what is no topic of the workspace', () => {
  it.each(['trees', 'topic:video', 'author:splats', 'org:splats', 'topic:splat', ''])('%j stays', (query) => {
    expect(expand(query)).toEqual(parseQuery(query));
  });
});
