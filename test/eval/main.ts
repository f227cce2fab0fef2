// Measures search and topics by labelled sets, beside two plain searches. It prints figures and fails nothing.
import { fileURLToPath } from 'node:url';
import { readArguments } from '../../src/cli/arguments.ts';
import { PaperwireError, UsageError } from '../../src/errors.ts';
import { searchAims, topicAims } from './aims.ts';
import { keepKnown, readLabels } from './labels.ts';
import { readPapers } from './papers.ts';
import { measureSearch } from './search.ts';
import { searchTable, topicTable } from './tables.ts';
import { measureTopics } from './topics.ts';

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url));

const SPEC = {
  usage: 'npm run eval -- [--corpus … [--corpus …]] [--eval …] [--json]',
  options: {
    corpus: { type: 'string', multiple: true },
    eval: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    corpus: 'A folder of daily lists; several are read as one; ../shared/corpus when nothing is said',
    eval: 'The folder of queries.jsonl and topics.jsonl; ../shared/eval when nothing is said',
    json: 'One JSON document instead of tables, also with each answer',
  },
} as const;

function main(args: string[]): number {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  const folders = values.corpus ?? [`${SHARED}/corpus`];
  const { papers, leftOut } = readPapers(folders);
  const labels = keepKnown(readLabels(values.eval ?? `${SHARED}/eval`), (id) => papers.has(id));
  warnOf(leftOut, labels.unknown.length);

  const search = measureSearch(papers.values(), labels.queries);
  const topics = measureTopics(papers, labels.papers);
  const aims = { search: searchAims(search), topics: topicAims(topics) };
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ corpus: { folders, papers: papers.size }, search, topics, aims })}\n`,
    );
  } else {
    const heading = `${papers.size} papers, ${labels.queries.length} queries and ${labels.papers.length} papers with topics`;
    const tables = [searchTable(search, aims.search), topicTable(topics, aims.topics)];
    process.stdout.write(`${[heading, ...tables].join('\n\n')}\n`);
  }
  return 0;
}

/** Says what is not measured. */
function warnOf(entries: number, ids: number): void {
  if (entries > 0) {
    const what = entries === 1 ? 'entry of a list' : 'entries of lists';
    const why =
      entries === 1 ? 'cannot be read or stands there twice' : 'cannot be read or stand there twice';
    warn(`Left out: ${entries} ${what} that ${why}.`);
  }
  if (ids > 0) {
    const what = ids === 1 ? 'labelled id that is' : 'labelled ids that are';
    warn(`Left out: ${ids} ${what} not in the corpus.`);
  }
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** The exit code that an error stands for, after telling it; a fault of our own is told with its stack. */
function tell(error: unknown): number {
  if (!(error instanceof PaperwireError)) throw error;
  warn(error.message);
  return error instanceof UsageError ? 2 : 1;
}

// A reader that has seen enough closes the pipe: no reason to complain.
process.stdout.on('error', () => {});
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.exitCode = tell(error);
}
