import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/slack/cards/render.ts';
import type { ListCard } from '../../../../src/domain/card.ts';
import { readEntries } from '../../../../src/sources/hugging-face/entries.ts';
import { readCorpus, sharedFolder } from '../../../shared.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { readShown } from '../../../slack-checks/shown.ts';
import { withSigns } from './papers.ts';

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
  it('each fits into one message, with every title, vote, address and thumbnail', { timeout: 60_000 }, () => {
    for (const card of cardsOf()) {
      const [message, ...more] = render(card);
      expect(more).toEqual([]);
      expect(checkMessage(message?.body)).toEqual([]);
      expect(checkInert(message?.body)).toEqual([]);
      const papers = card.sections.flatMap(({ entries }) => entries);
      const shown = readShown(message?.body).map((one) => ({ ...one, title: withSigns(one.title) }));
      expect(shown).toEqual(
        papers.map(({ number, paper: { title, upvotes, url } }) => ({
          number,
          title: withSigns(title),
          upvotes,
          url,
        })),
      );
      const pictures = message?.body.blocks.filter((block) => 'accessory' in block) ?? [];
      expect(pictures).toHaveLength(papers.filter(({ paper }) => paper.thumbnailUrl).length);
    }
  });
});
