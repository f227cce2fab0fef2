import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { problemsOf } from './configs.ts';

const shardsOf = (shards: string) =>
  readConfig({ DISCORD_TOKEN: 'token-of-a-bot', DISCORD_SHARDS: shards }).discord?.shards;

describe('the shards of a process', () => {
  it('are as many as Discord recommends where none are given', () => {
    expect(shardsOf('')).toBeUndefined();
  });

  it.each([
    ['1', [0], 1],
    ['4', [0, 1, 2, 3], 4],
    ['0-3/16', [0, 1, 2, 3], 16],
    ['12-15/16', [12, 13, 14, 15], 16],
    ['5/16', [5], 16],
    ['0/1', [0], 1],
    ['3-3/4', [3], 4],
    [' 9999/10000 ', [9999], 10_000],
  ])('%s', (given, ids, count) => {
    expect(shardsOf(given)).toEqual({ ids, count });
  });

  it('may be 64 in one process', () => {
    expect(shardsOf('64')?.ids).toHaveLength(64);
    expect(shardsOf('36-99/100')?.ids).toHaveLength(64);
  });

  it.each([
    ['many', 'neither a number of shards (4)'],
    ['0-3', 'neither a number of shards (4)'],
    ['0-3/16/2', 'nor some of them (0-3/16)'],
    ['-1', 'neither'],
    ['1.5', 'neither'],
    ['0', 'makes 0 shards in all; give 1 to 10000'],
    ['0/0', 'makes 0 shards in all'],
    ['0-3/10001', 'makes 10001 shards in all'],
    ['3-0/16', 'write it as 0-3/16'],
    ['14-16/16', 'counted from 0 to 15'],
    ['16/16', 'counted from 0 to 15'],
    ['18-2/16', 'counted from 0 to 15'],
    ['65', 'one takes 64 at most'],
    ['0-64/128', 'for example 0-63/128 here'],
  ])('that are given as "%s" are told with the mend, also without a token', (given, mend) => {
    for (const token of [{}, { DISCORD_TOKEN: 'token-of-a-bot' }]) {
      const problems = problemsOf({ ...token, DISCORD_SHARDS: given });
      expect(problems).toEqual([{ variable: 'DISCORD_SHARDS', problem: expect.stringContaining(mend) }]);
      expect(problems[0]?.problem).toMatch(/^"[^"]+" .*\.$/);
    }
  });
});
