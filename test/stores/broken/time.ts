import { systemClock } from '../../../src/clock.ts';
import { addMs, SECOND_MS } from '../../../src/domain/calendar.ts';
import { START } from '../../contracts/store-samples.ts';
import type { BrokenStore } from './kit.ts';

const CASE = 'the time of the server';

export const TIME: readonly BrokenStore[] = [
  {
    fault: 'the time of the server is that of the store’s own clock',
    noticedBy: CASE,
    breaks: (store) => ({ ...store, serverTime: async () => START }),
  },
  {
    fault: 'the time of the server is a second late',
    noticedBy: CASE,
    breaks: (store) => ({ ...store, serverTime: async () => addMs(systemClock.now(), -SECOND_MS) }),
  },
];
