import { expect, it } from 'vitest';
import { describeWith } from './index.ts';
import { withPostgres } from './postgres.ts';
import { withRedis } from './redis.ts';

describeWith('postgres', 'the Postgres server that tests share', (url) => {
  it('answers', async () => {
    const { rows } = await withPostgres(url, (client) => client.query('SELECT 1 AS one'));
    expect(rows).toEqual([{ one: 1 }]);
  });
});

describeWith('redis', 'the Redis server that tests share', (url) => {
  it('answers, and persists', async () => {
    const persistence = await withRedis(url, (client) => client.info('persistence'));
    expect(persistence).toContain('aof_enabled:1');
  });
});
