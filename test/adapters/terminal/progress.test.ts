import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../adapters/terminal/index.ts';
import { bar } from '../../../adapters/terminal/progress.ts';

/** A stream that remembers and a clock whose sleeps end when the test says so. */
function world({ isTTY = true, columns = 40, term = 'xterm', everyMs = 0 } = {}) {
  let written = '';
  const wakes: (() => void)[] = [];
  const progress = createProgress({
    stream: {
      isTTY,
      ...(columns >= 0 && { columns }),
      write: (text: string) => (written += text),
    },
    clock: {
      sleep: (_durationMs, signal) =>
        new Promise((resolve, reject) => {
          wakes.push(resolve);
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    term,
    ...(everyMs > 0 && { everyMs }),
  });
  return {
    progress,
    wakes,
    written: () => written,
    async wake() {
      for (const wake of wakes.splice(0)) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const CLEAR = '\r\x1b[2K';

describe('the progress line', () => {
  it('appears once the work has taken a while, follows it, and goes', async () => {
    const { progress, written, wake } = world();
    progress.show('Reading the list');
    expect(written()).toBe('');
    await wake();
    expect(written()).toBe(`${CLEAR}Reading the list`);
    progress.show('Filling in abstracts');
    progress.done();
    expect(written()).toBe(`${CLEAR}Reading the list${CLEAR}Filling in abstracts${CLEAR}`);
  });

  it('says what is being done when it appears', async () => {
    const { progress, written, wakes, wake } = world();
    progress.show('One');
    progress.show('Two');
    expect(wakes).toHaveLength(1);
    await wake();
    expect(written()).toBe(`${CLEAR}Two`);
  });

  it('is silent about short work', async () => {
    const { progress, written, wake } = world();
    progress.show('Reading');
    progress.done();
    progress.done();
    await wake();
    expect(written()).toBe('');
  });

  it('begins anew after it was done', async () => {
    const { progress, written, wake } = world();
    progress.show('One');
    await wake();
    progress.done();
    progress.show('Two');
    await wake();
    expect(written()).toBe(`${CLEAR}One${CLEAR}${CLEAR}Two`);
  });

  it('stays on its line, in one piece and without power', async () => {
    const { progress, written, wake } = world({ columns: 20 });
    progress.show('Reading \x1b[2J a\nlist with a long name');
    await wake();
    expect(written()).toBe(`${CLEAR}Reading [2J a list…`);
  });

  it.each([
    ['without a width', -1],
    ['of no width', 0],
  ])('takes a stream %s for one of 80 columns', async (_, columns) => {
    const { progress, written, wake } = world({ columns });
    progress.show('x'.repeat(100));
    await wake();
    expect(written()).toBe(`${CLEAR}${'x'.repeat(78)}…`);
  });

  it.each([{ isTTY: false }, { term: 'dumb' }])('is silent where nobody watches: %j', async (given) => {
    const { progress, written, wakes } = world(given);
    progress.show('Reading');
    progress.done();
    expect(wakes).toEqual([]);
    expect(written()).toBe('');
  });

  it('does not come back when a clock ends an aborted sleep as if it were over', async () => {
    let written = '';
    const progress = createProgress({
      stream: { isTTY: true, write: (text: string) => (written += text) },
      clock: { sleep: async () => {} },
    });
    progress.show('Reading');
    progress.done();
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBe('');
  });
});

describe('where no line can be taken back', () => {
  it.each([{ isTTY: false }, { term: 'dumb' }])('a line comes now and then: %j', async (given) => {
    const { progress, written, wakes, wake } = world({ ...given, everyMs: 30_000 });
    progress.show('One');
    progress.show('Two');
    expect(written()).toBe('One\n');
    expect(wakes).toHaveLength(1);
    await wake();
    expect(written()).toBe('One\n');
    progress.show('Three');
    progress.show('Four');
    expect(written()).toBe('One\nThree\n');
  });

  it('a line comes anew after it was done, and has no power', () => {
    const { progress, written } = world({ isTTY: false, everyMs: 30_000 });
    progress.show('One');
    progress.done();
    progress.done();
    progress.show('Two\x1b[2J\nlines');
    expect(written()).toBe('One\nTwo[2J lines\n');
  });
});

describe('the bar', () => {
  it.each([
    [0, '[----]'],
    [0.49, '[#---]'],
    [0.999, '[###-]'],
    [1, '[####]'],
    [-1, '[----]'],
    [7, '[####]'],
  ])('%d is %s', (share, shown) => expect(bar(share, 4)).toBe(shown));
});
