import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { createDraw } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import { checkMail } from '../../../mail-checks/check.ts';
import { checkInert } from '../../../mail-checks/inert.ts';
import { readPlainShown, readShown } from '../../../mail-checks/read.ts';
import { whole } from '../../../mail-checks/whole.ts';
import { sharedFolder } from '../../../shared.ts';
import { realLists, reason } from '../../real-lists.ts';

describe.skipIf(!sharedFolder)(`real lists${reason}`, () => {
  it('each fits into one mail, with every title, vote, address and picture', { timeout: 120_000 }, () => {
    const draw = createDraw();
    for (const card of realLists()) {
      const [payload, ...more] = render(card);
      expect(more).toEqual([]);
      if (!payload) continue;
      const mail = whole(draw(payload, undefined));
      expect([...checkMail(mail), ...checkInert(mail)]).toEqual([]);
      const papers = card.sections.flatMap(({ entries }) => entries);
      const expected = papers.map(({ number, paper: { title, upvotes, url } }) => ({
        number,
        title,
        upvotes,
        url,
      }));
      expect(readShown(mail.html)).toEqual(expected);
      expect(readPlainShown(mail.text)).toEqual(expected);
      const pictures = papers.filter(({ paper }) => paper.thumbnailUrl?.startsWith('https:'));
      expect(load(mail.html)('img')).toHaveLength(pictures.length);
    }
  });
});
