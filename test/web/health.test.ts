import { describe, expect, it } from 'vitest';
import { openPages } from './pages.ts';
import { FINE } from './status-fixture.ts';

describe('what machines ask', () => {
  it('is whether the process is alive, whatever the checks say', async () => {
    const { get } = openPages({ checks: [{ name: 'store', isFine: false, sentence: 'It is gone.' }] });
    const answer = await get('/healthz');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is whether the bot can do its work', async () => {
    const fine = await openPages({ checks: FINE }).get('/readyz');
    expect([fine.status, await fine.json()]).toEqual([200, { ready: true, checks: FINE }]);
    expect(fine.headers.get('cache-control')).toBe('no-store');
    const checks = [...FINE, { name: 'source', isFine: false, sentence: 'It is silent.' }];
    const wrong = await openPages({ checks }).get('/readyz');
    expect([wrong.status, await wrong.json()]).toEqual([503, { ready: false, checks }]);
  });

  it('are figures, as they are given', async () => {
    const answer = await openPages().get('/metrics');
    expect(await answer.text()).toBe('# nothing\n');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  });
});
