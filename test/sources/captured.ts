import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { sharedFolder } from '../shared.ts';

// Every expectation here was read off the file itself, by hand or by a script that knows nothing of our parsers.

export const folder = join(sharedFolder ?? '', 'captures');

export const isHere = sharedFolder !== undefined && existsSync(folder);
export const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
export const daily = (key: string): Listing => ({ kind: 'daily', key });

/** What stands in a list: papers, the sum of their votes and comments, authors shown, and how many papers have … */
export interface Facts {
  papers: number;
  votes: number;
  comments: number;
  authors: number;
  github: number;
  project: number;
  summary: number;
  organization: number;
  submitter: number;
  thumbnail: number;
}

export function factsOf(papers: readonly Paper[]): Facts {
  const sum = (of: (paper: Paper) => number) => papers.reduce((total, paper) => total + of(paper), 0);
  const having = (key: keyof Paper) => papers.filter((paper) => key in paper).length;
  return {
    papers: papers.length,
    votes: sum(({ upvotes }) => upvotes),
    comments: sum(({ comments }) => comments ?? 0),
    authors: sum(({ authors }) => authors?.length ?? 0),
    github: having('githubUrl'),
    project: having('projectUrl'),
    summary: having('summary'),
    organization: having('organization'),
    submitter: having('submittedBy'),
    thumbnail: having('thumbnailUrl'),
  };
}

export const facts = (...row: readonly number[]): Facts => {
  const names = [
    'papers',
    'votes',
    'comments',
    'authors',
    'github',
    'project',
    'summary',
    'organization',
    'submitter',
    'thumbnail',
  ];
  return Object.fromEntries(names.map((name, index) => [name, row[index]])) as unknown as Facts;
};
