import { expect, it } from 'vitest';
import { createRecent } from '../../src/domain/recent.ts';

it('what was not asked for longest is forgotten where there is too much', () => {
  const recent = createRecent<number>(2);
  recent.put('a', 1);
  recent.put('b', 2);
  expect(recent.get('a')).toBe(1);
  recent.put('c', 3);
  expect(['a', 'b', 'c'].filter(recent.has)).toEqual(['a', 'c']);
});

it('what was learnt anew takes the place of what was known, and of nothing else', () => {
  const recent = createRecent<number | undefined>(2);
  recent.put('a', 1);
  recent.put('b', undefined);
  recent.put('a', 3);
  expect([recent.get('a'), recent.has('b'), recent.get('b')]).toEqual([3, true, undefined]);
  recent.forget('a');
  expect([recent.has('a'), recent.get('a')]).toEqual([false, undefined]);
});
