import { ATOM } from './atom.ts';
import type { Format } from './document.ts';
import { JSON_FEED } from './json-feed.ts';
import { RSS } from './rss.ts';

/** All formats; a new one is a file and a line here. */
export const FORMATS: readonly Format[] = [ATOM, RSS, JSON_FEED];
