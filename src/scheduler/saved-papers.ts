import type { CitationFormat, KeptPaper, PeopleServices } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import type { ReplyFile } from '../command.ts';
import type { Member } from '../domain/member.ts';
import type { Page } from '../domain/page.ts';
import type { Paper } from '../domain/paper.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';

export interface SavedPapersDependencies {
  store: Store;
  /** Papers as a file for a reference manager. */
  cite: (papers: readonly Paper[], format: CitationFormat) => ReplyFile;
  /** Whose papers are never archived; absent where they are not shown. */
  sample?: Pick<Source, 'paper'>;
  clock: Clock;
}

/** The most papers in one bibliography. */
const MOST_CITED = 2000;

/** What members keep for later. */
export function createSavedPapers({
  store,
  cite,
  sample,
  clock,
}: SavedPapersDependencies): Pick<PeopleServices, 'save' | 'unsave' | 'saved' | 'citations'> {
  const { people } = store;

  async function savedBy(member: Member, page: Page): Promise<{ total: number; papers: KeptPaper[] }> {
    const { total, papers: saved } = await people.saved(member, page);
    const papers = await store.papers.getMany(saved.map(({ paperId }) => paperId));
    const kept: KeptPaper[] = [];
    for (const one of saved) {
      const paper = papers.get(one.paperId)?.paper ?? (sample && (await sample.paper(one.paperId)));
      kept.push({ ...one, ...(paper ? { paper } : {}) });
    }
    return { total, papers: kept };
  }

  return {
    async save(member, paper) {
      const savedAt = clock.now();
      const isNew = await people.save(member, { paperId: paper.id, savedAt });
      if (sample && isAlike(await sample.paper(paper.id), paper)) return isNew;
      // After it was saved nobody forgets it any more.
      const archived = await store.papers.get(paper.id);
      const { firstSeenAt = savedAt, listings = [] } = archived ?? {};
      await store.archive(undefined, [{ paper, firstSeenAt, listings }]);
      return isNew;
    },
    unsave: (member, paperId) => people.unsave(member, paperId),
    saved: savedBy,
    async citations(member, format) {
      const { papers } = await savedBy(member, { offset: 0, limit: MOST_CITED });
      const known = papers.flatMap(({ paper }) => paper ?? []);
      return known.length > 0 ? cite(known, format) : undefined;
    },
  };
}

function isAlike(one: Paper | undefined, other: Paper): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
