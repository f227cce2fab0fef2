import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/discord/cards/render.ts';
import type { ListCard } from '../../../../src/domain/card.ts';
import { readEntries } from '../../../../src/sources/hugging-face/entries.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { readShown } from '../../../discord-checks/read.ts';
import { readCorpus, sharedFolder } from '../../../shared.ts';

const reason = sharedFolder ? '' : ' (skipped: the corpus is not beside the project)';

/** Each list as an edition shows it: the ten papers with most votes. */
function cardsOf(): ListCard[] {
  return readCorpus().map(({ day, items }) => {
    const { papers } = readEntries(items, { kind: 'daily', key: day }, { way: 'api' });
    const best = papers.sort((one, other) => other.upvotes - one.upvotes).slice(0, 10);
    const entries = best.map((paper, index) => ({ number: index + 1, paper }));
    return {
      kind: 'list',
      title: `Papers of ${day}`,
      sections: [{ entries }],
      notes: ['Hugging Face Daily Papers · arXiv'],
    };
  });
}

describe.skipIf(!sharedFolder)(`real lists${reason}`, () => {
  it('each fits into one message, with every title, vote and address', { timeout: 60_000 }, () => {
    for (const card of cardsOf()) {
      const [message, ...more] = render(card);
      expect(more).toEqual([]);
      expect(checkMessage(message?.body)).toEqual([]);
      assertInert(message?.body);
      const papers = card.sections.flatMap(({ entries }) => entries);
      expect(readShown(message?.body)).toEqual(
        papers.map(({ number, paper: { title, upvotes, url } }) => ({ number, title, upvotes, url })),
      );
    }
  });
});
