import type { Aim } from './aims.ts';
import type { MeanScore, RankingScore } from './measures.ts';
import { ENGINE_NAMES, ENGINES, type SearchReport } from './search.ts';
import type { TopicReport } from './topics.ts';

const FIGURE_WIDTH = 7;
const FIRST_WIDTH = 24;
const MEASURES: readonly { of: keyof RankingScore; name: string }[] = [
  { of: 'mrr', name: 'MRR' },
  { of: 'ndcg', name: 'nDCG' },
  { of: 'hit', name: 'hit' },
];

/** Every kind of query and all together, the engines side by side, and below them the aims. */
export function searchTable({ engines }: SearchReport, aims: readonly Aim[]): string {
  const names = ENGINE_NAMES.map((name) => ENGINES[name].name.padStart(MEASURES.length * FIGURE_WIDTH));
  const row = (first: string, scoreOf: (name: (typeof ENGINE_NAMES)[number]) => MeanScore | undefined) =>
    line(first, [
      String(scoreOf('paperwire')?.count ?? 0),
      ...ENGINE_NAMES.flatMap((name) => MEASURES.map(({ of }) => figure(scoreOf(name)?.[of]))),
    ]);
  return [
    'Search, the first ten places',
    `${' '.repeat(FIRST_WIDTH + FIGURE_WIDTH)}${names.join('')}`,
    line('kind of query', ['count', ...ENGINE_NAMES.flatMap(() => MEASURES.map(({ name }) => name))]),
    ...Object.keys(engines.paperwire.kinds).map((kind) => row(kind, (name) => engines[name].kinds[kind])),
    row('all', (name) => engines[name].all),
    ...aims.map(aimLine),
  ].join('\n');
}

/** Every topic and all together, and below them the aims. */
export function topicTable({ micro, topics, unlabelled }: TopicReport, aims: readonly Aim[]): string {
  const rows = [...topics, { slug: 'all', ...micro }].map(({ slug, labelled, given, right, ...shares }) => {
    const { precision, recall, f1 } = shares;
    return line(slug, [...[labelled, given, right].map(String), ...[precision, recall, f1].map(figure)]);
  });
  const left = `Without a labelled paper, and so not in the macro-F1: ${unlabelled.join(', ')}.`;
  return [
    'Topics',
    line('topic', ['labels', 'given', 'right', 'prec.', 'recall', 'F1']),
    ...rows,
    ...(unlabelled.length > 0 ? [left] : []),
    ...aims.map(aimLine),
  ].join('\n');
}

function line(first: string, cells: readonly string[]): string {
  return first.padEnd(FIRST_WIDTH) + cells.map((cell) => cell.padStart(FIGURE_WIDTH)).join('');
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}

function aimLine({ what, atLeast, is, isMet }: Aim): string {
  const aimed = `Aim: ${what} ≥ ${atLeast.toFixed(2)}`.padEnd(FIRST_WIDTH + 2 * FIGURE_WIDTH);
  const outcome = is === undefined ? 'not measured' : isMet ? 'met' : 'missed';
  return `${aimed}${figure(is).padStart(FIGURE_WIDTH)}  ${outcome}`;
}
