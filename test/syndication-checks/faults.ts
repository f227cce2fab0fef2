import { atomFaults } from './atom.ts';
import { jsonFeedFaults } from './json-feed.ts';
import { rssFaults } from './rss.ts';

/** The check of each format, by the ending of its addresses. */
export const FAULTS = { atom: atomFaults, rss: rssFaults, json: jsonFeedFaults } as const;
