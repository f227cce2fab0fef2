import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { readShown } from '../../../discord-checks/read.ts';
import { sharedFolder } from '../../../shared.ts';
import { realLists, reason } from '../../real-lists.ts';

describe.skipIf(!sharedFolder)(`real lists${reason}`, () => {
  it('each fits into one message, with every title, vote and address', { timeout: 60_000 }, () => {
    for (const card of realLists()) {
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
