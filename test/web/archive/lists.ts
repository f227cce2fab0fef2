import { aPaper } from '../../fixtures/papers.ts';
import { anArchive } from '../archive-fixture.ts';

/** A paper of which all is known. */
export const FULL = aPaper({
  id: '2611.00001',
  title: 'Language agents & tools',
  upvotes: 1234,
  abstract: 'We build agents that use tools.\nThey use a computer.',
  summary: 'Agents use tools.',
  authors: [{ name: 'Ada Lovelace' }, { name: 'Alan "The" Turing' }],
  publishedAt: '2026-11-20T00:00:00.000Z',
  listedOn: '2026-11-23',
  comments: 3,
  organization: { name: 'nvidia', displayName: 'NVIDIA' },
  submittedBy: 'someone',
  githubUrl: 'https://github.com/example/agents',
  githubStars: 99,
  projectUrl: 'https://agents.example/',
  keywords: ['tool use'],
});
/** One of which nothing is known but what each has. */
export const BARE = aPaper({ id: '2611.00002', title: 'Bare' });
/** One with an id of the old kind. */
const OLD = aPaper({ id: 'hep-th/9901001', title: 'Old' });
/** Two lists with papers, and an empty one. */
export const ARCHIVE = anArchive({
  '2026-11-20': [OLD],
  '2026-11-23': [FULL, BARE],
  '2026-11-24': [],
});
