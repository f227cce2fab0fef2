import type { Archive } from './index.ts';
import type { Followed } from './paper-index.ts';
import type { RemoteIndex } from './remote.ts';

/** Brings an index up to what the archive has. */
export interface Following {
  /** Until all is in it. Who comes while it is under way shares it. Errors: those of the archive and of the index. */
  follow(): Promise<void>;
  /** Breaks off, and waits until it has. */
  stop(): Promise<void>;
}

/** Papers that are read and handed over at once: few enough to leave the main thread free between two steps. */
const PAPERS_AT_ONCE = 25;

export function createFollowing(index: Pick<RemoteIndex, 'call'>, archive: Archive): Following {
  const stopping = new AbortController();
  let following: Promise<void> | undefined;

  async function followAll(): Promise<void> {
    let followed = await whereFrom(index, archive);
    for (;;) {
      stopping.signal.throwIfAborted();
      const changed = await archive.ledger.changedPapers(followed.sequence, PAPERS_AT_ONCE);
      const last = changed.at(-1);
      if (!last) return;
      const papers = await archive.papers.getMany(changed.map(({ paperId }) => paperId));
      const kept = [...papers.values()].map(({ paper }) => paper);
      const next = { sequence: last.sequence, paperId: last.paperId };
      followed = await index.call('put', kept, next, followed.sequence);
    }
  }

  return {
    follow() {
      following ??= followAll().finally(() => {
        following = undefined;
      });
      return following;
    },
    async stop() {
      stopping.abort(new Error('The search is closing.'));
      await following?.catch(() => undefined);
    },
  };
}

/** From where the index was left; from the beginning when it belongs to another archive. */
async function whereFrom(index: Pick<RemoteIndex, 'call'>, { ledger }: Archive): Promise<Followed> {
  const followed = await index.call('followed');
  if (followed.sequence === 0) return followed;
  const [there] = await ledger.changedPapers(followed.sequence - 1, 1);
  // The paper may have changed again and moved on, but something must be there or after it.
  const isOurs = there && (there.sequence > followed.sequence || there.paperId === followed.paperId);
  if (isOurs) return followed;
  await index.call('clear');
  return { sequence: 0, paperId: '' };
}
