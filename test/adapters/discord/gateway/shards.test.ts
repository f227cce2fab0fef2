import { describe, expect, it } from 'vitest';
import { shardOf, tellOf } from '../../../../adapters/discord/gateway/shards.ts';

const SERVER = '440000000000000000';

describe('the shard of a server', () => {
  it('is one of as many as there are, by when the server was made', () => {
    expect(shardOf(SERVER, 1)).toBe(0);
    expect(shardOf(SERVER, 16)).toBe(Number((440000000000000000n / 4194304n) % 16n));
    expect(shardOf(String(37n << 22n), 16)).toBe(5);
  });

  it('is the first for what is no server', () => {
    expect(shardOf('direct', 16)).toBe(0);
  });

  it('tells of it alone: of each server one of all tells', () => {
    const ranges = [
      { ids: [0, 1, 2, 3], count: 6 },
      { ids: [4], count: 6 },
      { ids: [5], count: 6 },
    ];
    for (let at = 0n; at < 60n; at += 1n) {
      const server = String((at << 22n) + 4_194_303n);
      expect(ranges.filter((shards) => tellOf(server, shards))).toHaveLength(1);
    }
  });
});
