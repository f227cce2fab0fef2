import { promisify } from 'node:util';
import { inert } from '../../adapters/terminal/inert.ts';
import type { PaperId } from '../domain/paper.ts';
import { reasonText } from '../domain/reason.ts';
import { isSourceError, UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { classify, type TopicMatch } from '../topics/classify.ts';
import type { Judged } from '../topics/evidence.ts';
import { readArguments } from './arguments.ts';
import { linesOf, MAX_LINE_LENGTH, type NumberedLine } from './lines.ts';
import { type Asked, readPaperLine } from './paper-line.ts';
import type { Session } from './session.ts';

const SPEC = {
  usage: `paperwire topics classify [--json] < papers.jsonl

Each line is a paper: its id, a link to it, or a JSON object {"id"?, "title", "abstract"?, "keywords"?}. The topics of
each are told in the same order. Exit 1 when a line could not be read; the others are told all the same.`,
  options: { json: { type: 'boolean' } },
  help: { json: 'JSON lines: {"id"?, "topics": [{"slug", "score", "because"}]}, or {"error", "line"}' },
} as const;

/** `paperwire topics classify`: the topics of papers on standard input, a line each. */
export const run: Run = async (args) => {
  const words = args.filter((word) => !word.startsWith('-'));
  const values = readArguments(
    args.filter((word) => word.startsWith('-')),
    SPEC,
  );
  if (!values) return 0;
  if (words.join(' ') !== 'classify') throw new UsageError('Say paperwire topics classify; see its --help.');
  const input = process.stdin.setEncoding('utf8');
  try {
    return await tellAll(linesOf(input), values.json ? tellAsJson : tellAsText);
  } finally {
    // Whoever is told no more need not be listened to any more.
    input.destroy();
  }
};

type Lines = AsyncGenerator<NumberedLine, void>;
/** What is known of one line. */
/** A topic with its reasons in words. */
interface ToldTopic extends Omit<TopicMatch, 'because'> {
  because: string[];
}
type Answer = { id?: string; topics: ToldTopic[] } | { error: string };
type Tell = (answer: Answer, line: number) => Promise<void>;
/** Gives the paper, or a sentence that says why it cannot be had. */
type LookUp = (id: PaperId) => Promise<Judged | string>;

/** Out: the exit code. The store and the source are opened when the first id comes, and not before. */
async function tellAll(lines: Lines, tell: Tell): Promise<number> {
  const { failures, left } = await tellLines(lines, tell);
  if (!left) return exitCode(failures);
  const { withSession } = await import('./session.ts');
  return await withSession(
    async (session) => {
      // Input that has no end must not keep the program from ending.
      session.signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
      const rest = await tellLines(chain(left, lines), tell, (id) => lookUp(id, session));
      session.signal.throwIfAborted();
      return exitCode(failures + rest.failures);
    },
    { quietLog: true },
  );
}

function exitCode(failures: number): number {
  return failures === 0 ? 0 : 1;
}

async function* chain(first: NumberedLine, rest: Lines): Lines {
  yield first;
  yield* rest;
}

/** Tells line by line; where nothing can be looked up it ends with the first line that asks for it, which is `left`. */
async function tellLines(
  lines: Lines,
  tell: Tell,
  find?: LookUp,
): Promise<{ failures: number; left?: NumberedLine }> {
  let failures = 0;
  // By hand: `for await` would close what the next one goes on with.
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const asked = readLine(next.value);
    let answer: Answer;
    if (!('wanted' in asked)) answer = judged(asked);
    else if (find) answer = await found(asked.wanted, find);
    else return { failures, left: next.value };
    if ('error' in answer) failures += 1;
    await tell(answer, next.value.number);
  }
  return { failures };
}

function readLine({ text }: NumberedLine): Asked {
  if (text === undefined) return { error: `The line has more than ${MAX_LINE_LENGTH} characters.` };
  return readPaperLine(text);
}

async function found(id: PaperId, find: LookUp): Promise<Answer> {
  const paper = await find(id);
  return typeof paper === 'string' ? { error: paper } : { id, topics: topicsOf(paper) };
}

function judged(asked: Exclude<Asked, { wanted: PaperId }>): Answer {
  if ('error' in asked) return asked;
  const { id, paper } = asked;
  return { ...(id === undefined ? {} : { id }), topics: topicsOf(paper) };
}

function topicsOf(paper: Judged): ToldTopic[] {
  return classify(paper).map((one) => ({ ...one, because: one.because.map((why) => reasonText(why)) }));
}

/** In the archive, else at the source and at arXiv. */
async function lookUp(id: PaperId, { bot, signal }: Session): Promise<Judged | string> {
  const archived = await bot.store.papers.get(id);
  if (archived) return archived.paper;
  try {
    return (await bot.reader.paper(id, signal)) ?? `Nobody knows a paper ${id}.`;
  } catch (error) {
    if (isSourceError(error)) return error.message;
    throw error;
  }
}

/** Resolves once the text has left, so that no more is read than is taken. */
const put = promisify((text: string, done: (error?: Error | null) => void) =>
  process.stdout.write(text, done),
);

const tellAsJson: Tell = async (answer, line) => {
  await put(`${JSON.stringify('error' in answer ? { ...answer, line } : answer)}\n`);
};

const tellAsText: Tell = async (answer, line) => {
  if ('error' in answer) {
    process.stderr.write(`Line ${line}: ${inert(answer.error)}\n`);
    return;
  }
  const name = inert(answer.id ?? '') || `Line ${line}`;
  const told = answer.topics.map(
    ({ slug, score, because }) => `${name}: ${slug} ${score.toFixed(2)}, by ${because.join(', ')}\n`,
  );
  await put(told.join('') || `${name}: no topic\n`);
};
