import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { sharedFolder } from '../../../shared.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { readShown } from '../../../slack-checks/shown.ts';
import { realLists, reason } from '../../real-lists.ts';
import { withSigns } from './papers.ts';

describe.skipIf(!sharedFolder)(`real lists${reason}`, () => {
  it('each fits into one message, with every title, vote, address and thumbnail', { timeout: 60_000 }, () => {
    for (const card of realLists()) {
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
