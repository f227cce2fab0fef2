import type { PaperTopic } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { HOUR_MS } from '../domain/calendar.ts';
import type { Paper } from '../domain/paper.ts';
import { builtInPaperTopics } from '../topics/of-paper.ts';
import { fingerprint } from './fingerprint.ts';
import { createMemory } from './memory.ts';

/** The papers of most of a year, in some megabytes: more than most readers look at. */
const MOST_PAPERS = 6000;
const KEPT_MS = 24 * HOUR_MS;

/** The built-in topics of a paper, the surest first; remembered as long as nothing changes by which it is judged. */
export function createTopicsOf(clock: Clock): (paper: Paper) => readonly PaperTopic[] {
  const memory = createMemory<{ judged: number; topics: readonly PaperTopic[] }>({
    most: MOST_PAPERS,
    keptMs: KEPT_MS,
    clock,
  });
  return (paper) => {
    const { id, title, abstract, keywords } = paper;
    const judged = fingerprint(JSON.stringify([title, abstract, keywords]));
    const known = memory.get(id);
    if (known?.judged === judged) return known.topics;
    const topics = builtInPaperTopics(paper);
    memory.set(id, { judged, topics });
    return topics;
  };
}
