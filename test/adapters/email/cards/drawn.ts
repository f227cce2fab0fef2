import { expect } from 'vitest';
import { createDraw, type MailPayload } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import type { Card, ListCard } from '../../../../src/domain/card.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { whole } from '../../../mail-checks/whole.ts';

export const draw = createDraw();
export const LINKS = { manage: 'https://example.com/m/1?a=1&lt;2', unsubscribe: 'https://example.com/u/1' };

/** The one mail that a card becomes. */
export function mailOf(card: Card, links: typeof LINKS | undefined = LINKS) {
  const [payload, ...more] = render(card);
  expect(more).toEqual([]);
  return whole(draw(payload as MailPayload, links));
}

export const FULL = aPaper({
  id: '2611.00001',
  title: 'Quokkas <learn> & teach',
  upvotes: 1234,
  summary: 'They "learn" from each other. And they teach.',
  abstract: 'An abstract that no list shows.',
  authors: ['Ada Quokka', 'Bo Wombat', 'Cy Numbat', 'Di Bilby', 'Ed Potoroo'].map((name) => ({ name })),
  organization: { name: 'rottnest', displayName: 'Rottnest Institute' },
  publishedAt: '2026-11-20T00:00:00.000Z',
  comments: 3,
  githubUrl: 'https://github.com/example/quokka',
  githubStars: 2500,
  projectUrl: 'https://example.com/quokka?a=1&lt;2',
  thumbnailUrl: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2611.00001.png',
});

const BARE = aPaper({ id: '2611.00002', title: 'Wombats rest', upvotes: 5 });

export const EDITION: ListCard = {
  kind: 'list',
  title: 'Papers of Monday, 23 November 2026',
  subtitle: '2 papers',
  sections: [
    { heading: 'New', entries: [{ number: 1, paper: FULL, reason: 'You follow Agents' }] },
    { heading: 'Rising', entries: [{ number: 2, paper: BARE }] },
  ],
  notes: ['Hugging Face Daily Papers · arXiv'],
};

export const PLAIN = `Papers of Monday, 23 November 2026
2 papers

== New ==

1. Quokkas <learn> & teach
   https://huggingface.co/papers/2611.00001
   ▲ 1,234 · 3 comments · code ★ 2,500 <https://github.com/example/quokka> · Rottnest Institute · 2026-11-20
   Ada Quokka, Bo Wombat, Cy Numbat and 2 more
   They "learn" from each other. And they teach.
   ↳ You follow Agents
   arXiv: https://arxiv.org/abs/2611.00001
   PDF: https://arxiv.org/pdf/2611.00001
   Project: https://example.com/quokka?a=1&lt;2

== Rising ==

2. Wombats rest
   https://huggingface.co/papers/2611.00002
   ▲ 5
   arXiv: https://arxiv.org/abs/2611.00002
   PDF: https://arxiv.org/pdf/2611.00002

Hugging Face Daily Papers · arXiv

You get this from Paperwire because you asked for it.
Change what you get: https://example.com/m/1?a=1&lt;2
Unsubscribe: https://example.com/u/1
`;
