import { describe, expect, it } from 'vitest';
import { StoreError } from '../src/errors.ts';
import { createLog, silentLog, withFields } from '../src/log.ts';
import { linesOf, logged } from './log/lines.ts';

describe('a mailbox', () => {
  it('is not named, whoever reads the log', () => {
    const text = logged((log) => {
      const cause = new Error('550 <ada.lovelace+papers@mail.example.org>: no such user');
      log.warn('Refused', { channel: '@ada.lovelace+papers@mail.example.org', error: cause });
      log.info('From Ünï@example.org,max@example.com');
    });
    expect(text).not.toMatch(/ada|lovelace|Ünï|max/);
    expect(text).toContain('@mail.example.org');
  });

  it('is not seen in what is none', () => {
    const text = logged((log) => log.info('mjml@5.4.1 of @slack/bolt, feed@2026-11-23#0, a @ b.c'));
    expect(text).toContain('mjml@5.4.1 of @slack/bolt, feed@2026-11-23#0, a @ b.c');
  });

  it('takes its time in proportion to the text', () => {
    const almost = ['a@'.repeat(50_000), 'a'.repeat(100_000), `a@${'b.'.repeat(50_000)}`];
    for (const one of almost) expect(logged((log) => log.info(one)).length).toBeGreaterThan(90_000);
  });
});

describe('a log line', () => {
  it('is one line of JSON with level, time, fields and message', () => {
    const text = logged((log) => {
      log.debug('One', { count: 1 });
      log.info('Two\nlines');
      log.warn('Three', { nested: { list: [1, 'two'] } });
      log.error('Four', { text: '"quoted"' });
    });
    expect(linesOf(text)).toMatchObject([
      { level: 20, msg: 'One', count: 1, time: expect.stringMatching(/^\d{4}-.*Z$/) },
      { level: 30, msg: 'Two\nlines' },
      { level: 40, msg: 'Three', nested: { list: [1, 'two'] } },
      { level: 50, msg: 'Four', text: '"quoted"' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line) });
    log.info('Quiet');
    log.warn('Loud');
    expect(lines).toHaveLength(1);
    createLog({ level: 'silent', write: (line) => lines.push(line) }).error('Nobody');
    silentLog.error('Nobody');
    expect(lines).toHaveLength(1);
  });

  it('tells an error whole: kind, message, stack, fields and causes', () => {
    const cause = new Error('disk full', { cause: new TypeError('deep') });
    const text = logged((log) =>
      log.error('Failed', { error: new StoreError('set', { key: 'feeds:1', cause }) }),
    );
    expect(linesOf(text)[0]).toMatchObject({
      error: {
        type: 'StoreError',
        code: 'store',
        key: 'feeds:1',
        message: expect.stringContaining('disk full'),
        stack: expect.stringContaining('log.test.ts'),
        cause: { message: expect.stringContaining('disk full'), cause: { type: 'TypeError' } },
      },
    });
  });
});

describe('a log with fields', () => {
  it('has them in each of its lines, those of the line first', () => {
    const text = logged((log) => {
      const ofRun = withFields(log, { run: 'r1', feed: 'f1' });
      ofRun.debug('One');
      ofRun.info('Two', { feed: 'f2', count: 1 });
      withFields(ofRun, { delivery: 'd1' }).warn('Three', { run: 'r2' });
      ofRun.error('Four');
      log.info('Five');
    });
    const fields = linesOf(text).map(({ level: _, time: __, msg: ___, ...rest }) => rest);
    expect(fields).toEqual([
      { run: 'r1', feed: 'f1' },
      { run: 'r1', feed: 'f2', count: 1 },
      { run: 'r2', feed: 'f1', delivery: 'd1' },
      { run: 'r1', feed: 'f1' },
      {},
    ]);
  });

  it('takes the level from the log it is made of', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line) });
    withFields(log, { run: 'r1' }).info('Quiet');
    withFields(log, { run: 'r1' }).warn('Loud');
    expect(lines).toHaveLength(1);
    expect(() => withFields(silentLog, { run: 'r1' }).error('Nobody')).not.toThrow();
  });
});
