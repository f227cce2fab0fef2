import { addDays, type Day } from '../../src/domain/calendar.ts';
import { hasDailyList } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { inventList } from '../fakes/source-server.ts';
import { DAY, PAPERS } from './papers.ts';

/** Days before that which is shown, of which lists are there too. */
const DAYS_BEFORE = 20;
/** Papers below those that are shown: with fewer the list would be shorter than lists are. */
const BELOW = 16;

/** The papers of the pictures on the list of their day, with invented ones below them and on the days before. */
export function shownLists(): Map<Day, unknown[]> {
  const before = Array.from({ length: DAYS_BEFORE }, (_, index) => addDays(DAY, index - DAYS_BEFORE));
  const lists = new Map<Day, unknown[]>(before.filter(hasDailyList).map((day) => [day, inventList(day)]));
  const below = inventList(DAY)
    .slice(0, BELOW)
    .map((item) => ({ ...item, paper: { ...item.paper, upvotes: 2 } }));
  return lists.set(DAY, [...PAPERS.map(served), ...below]);
}

/** A paper as the source's API writes it. */
function served(paper: Paper): unknown {
  const { id, title, upvotes, summary, abstract = summary, authors = [], organization } = paper;
  const institution = organization && { name: organization.name, fullname: organization.displayName };
  return {
    paper: {
      id,
      title,
      upvotes,
      summary: abstract,
      ai_summary: summary,
      ai_keywords: paper.keywords,
      authors,
      publishedAt: paper.publishedAt,
      submittedOnDailyAt: `${DAY}T00:00:00.000Z`,
      githubRepo: paper.githubUrl,
      githubStars: paper.githubStars,
      projectPage: paper.projectUrl,
      organization: institution,
    },
    title,
    thumbnail: paper.thumbnailUrl,
    numComments: paper.comments,
    organization: institution,
  };
}

/** In the place of a paper's picture, which is somebody's: a page with a figure, in a colour of its own. */
export function thumbnailAt(address: string): string {
  const number = Number(/(\d+)\.png/.exec(address)?.[1] ?? 0);
  const hue = (number * 47) % 360;
  const line = (y: number, width: number) =>
    `<rect x="24" y="${y}" width="${width}" height="5" rx="2" fill="hsl(${hue} 20% 72%)"/>`;
  const bars = [0, 1, 2, 3].map((index) => {
    const height = 20 + ((number * (index + 3)) % 50);
    return `<rect x="${136 + index * 22}" y="${108 - height}" width="14" height="${height}" rx="2" fill="hsl(${hue} 55% ${45 + index * 8}%)"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="130" viewBox="0 0 240 130">
<rect width="240" height="130" fill="hsl(${hue} 40% 94%)"/>
<rect x="24" y="20" width="${120 + (number % 60)}" height="9" rx="3" fill="hsl(${hue} 35% 35%)"/>
${[46, 58, 70, 82, 94].map((y, index) => line(y, 90 - ((number * (index + 1)) % 30))).join('')}${bars.join('')}
</svg>`;
}
