import type { Pen } from '../../../src/paper-lines.ts';
import { fitted } from './budget.ts';
import { inert, link, safeUrl } from './inert.ts';

/** What others have said, in the markup of this platform. */
export const PEN: Pen = { text: (said, room) => fitted(said, room, inert), link, url: safeUrl };
