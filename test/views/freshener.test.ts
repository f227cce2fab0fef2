import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { closeLibrary, FRIDAY, type Library, MONDAY, openLibrary } from './kit.ts';

const TEN_MINUTES = 10 * MINUTE_MS;

let library: Library;
/** How often the newest list was asked for. */
let asked: number;

beforeEach(async () => {
  library = await openLibrary();
  asked = 0;
});

afterEach(async () => {
  await closeLibrary(library);
});

/** A view whose newest list comes as this says. */
function viewOver(freshen: () => Promise<void>) {
  return library.viewWith({
    freshen: async () => {
      asked += 1;
      await freshen();
    },
  });
}

const never = () => new Promise<void>(() => {});

describe('the newest list', () => {
  it('is asked for beside what is read, and nobody waits for it, where anything is archived', async () => {
    await library.keepDay(FRIDAY, somePapers('2611', [1]));
    const view = viewOver(never);
    expect(await view.days(3)).toEqual([{ day: FRIDAY, size: 1 }]);
    expect(await view.newest(3)).toHaveLength(1);
    expect(await view.day(MONDAY)).toBeUndefined();
    expect(asked).toBe(1);
  });

  it.each([
    ['days', (view: Library['view']) => view.days(3)],
    ['newest', (view: Library['view']) => view.newest(3)],
    ['day', (view: Library['view']) => view.day(MONDAY)],
  ])('is asked for by `%s` every ten minutes at most, whichever way the clock goes', async (_, look) => {
    await library.keepDay(FRIDAY, somePapers('2611', [1]));
    const view = viewOver(async () => {});
    for (const [advanceMs, times] of [
      [0, 1],
      [TEN_MINUTES - 1, 1],
      [1, 2],
      [TEN_MINUTES, 3],
      [-TEN_MINUTES, 4],
    ] as const) {
      library.clock.advance(advanceMs);
      await look(view);
      await look(view);
      expect(asked).toBe(times);
    }
  });

  it('is asked for by nobody who looks elsewhere', async () => {
    await library.keepDay(FRIDAY, somePapers('2611', [1]));
    const view = viewOver(async () => {});
    await view.day(FRIDAY);
    await view.days(3, FRIDAY);
    await view.paper('2611.00001');
    await view.topic('agents', { offset: 0, limit: 3 });
    await view.search('agents', { offset: 0, limit: 3 });
    expect(asked).toBe(0);
  });

  it('is waited for where nothing is archived, once for all who come', async () => {
    const view = viewOver(() => library.keepDay(MONDAY, somePapers('2611', [1, 2])));
    const [days, day, newest] = await Promise.all([view.days(3), view.day(MONDAY), view.newest(3)]);
    expect(days).toEqual([{ day: MONDAY, size: 2 }]);
    expect(day?.papers).toHaveLength(2);
    expect(newest).toHaveLength(1);
    expect(asked).toBe(1);
  });

  it('is empty where the source says so', async () => {
    const view = viewOver(() => library.keepDay(MONDAY, []));
    expect(await view.days(3)).toEqual([]);
    expect(await view.day(MONDAY)).toMatchObject({ papers: [] });
    expect(asked).toBe(1);
  });
});

describe('a source that cannot be read', () => {
  it('is no empty archive: its error is told to each who comes, and it is asked again after ten minutes', async () => {
    const failure = unreachable();
    const view = viewOver(() => Promise.reject(failure));
    for (let times = 0; times < 2; times += 1) {
      await expect(view.days(3)).rejects.toBe(failure);
      await expect(view.newest(3)).rejects.toBe(failure);
      await expect(view.day(MONDAY)).rejects.toBe(failure);
    }
    expect(asked).toBe(1);
    library.clock.advance(TEN_MINUTES);
    await expect(view.days(3)).rejects.toBe(failure);
    expect(asked).toBe(2);
    expect(await view.days(3, MONDAY)).toEqual([]);
    expect(await view.paper('2611.00001')).toBeUndefined();
  });

  it('is forgotten as soon as something is archived', async () => {
    const view = viewOver(() => Promise.reject(unreachable()));
    await expect(view.days(3)).rejects.toThrow();
    await library.keepDay(FRIDAY, somePapers('2611', [1]));
    expect(await view.days(3)).toHaveLength(1);
    expect(await view.day(MONDAY)).toBeUndefined();
  });

  it.each([
    ['of the source', unreachable(), 'info'],
    ['of the store', new StoreError('read'), 'error'],
  ])('is logged where nobody waits, if it is a failure %s', async (_, failure, level) => {
    await library.keepDay(FRIDAY, somePapers('2611', [1]));
    const { promise, resolve } = Promise.withResolvers<string>();
    const log = { ...silentLog, info: () => resolve('info'), error: () => resolve('error') };
    const view = library.viewWith({ freshen: () => Promise.reject(failure), log });
    expect(await view.days(3)).toHaveLength(1);
    expect(await promise).toBe(level);
  });
});
