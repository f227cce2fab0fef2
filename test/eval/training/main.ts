// Learns what phrases say for and against the built-in topics, and writes `src/topics/weights.json`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readArguments } from '../../../src/cli/arguments.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { readLines } from '../lines.ts';
import { readPapers } from '../papers.ts';
import { learn, type Model, predict } from './logistic.ts';
import { commonPhrases, type Matrix, matrixOf, scalesOf } from './matrix.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const LABELS = fileURLToPath(new URL('./topics.jsonl', import.meta.url));
const WEIGHTS = fileURLToPath(new URL('../../../src/topics/weights.json', import.meta.url));

const SPEC = {
  usage: 'npm run train -- [--corpus … [--corpus …]] [--eval …] [--check]',
  options: {
    corpus: { type: 'string', multiple: true },
    eval: { type: 'string' },
    check: { type: 'boolean' },
  },
  help: {
    check: 'Write nothing; hold labels out in turn and print the F1 of each threshold',
    corpus: 'A folder of daily lists; several are read as one; ../shared/corpus when nothing is said',
    eval: 'A folder whose topics.jsonl must not be learnt from; ../shared/eval when nothing is said',
  },
} as const;

const labelSchema = z.object({ id: z.string(), topics: z.array(z.string()) });

const LEAST_PAPERS = 8;
/** The teacher learns from labels alone and may use every phrase. */
const TEACHER = { square: 0.05, size: 0, rounds: 200 };
/** The pupil learns from all papers, as labelled or as the teacher sees them, and keeps few phrases. */
const PUPIL = { square: 0.01, size: 5, rounds: 250 };
/** How much a label counts for beside what the teacher makes of its paper: labels have slips too. */
const LABEL_SHARE = 0.5;
/**
 * A topic is given from this likelihood on. With labels held out in turn F1 hardly depends on it (`--check`), so it is where a
 * paper gets two topics on average, as readers give them.
 */
const THRESHOLD = 0.36;
/** Smaller weights change nothing. */
const LEAST_WEIGHT = 0.02;

const SLUGS = BUILT_IN_TOPICS.map(({ slug }) => slug);

function main(args: string[]): void {
  const values = readArguments(args, SPEC);
  if (!values) return;
  const { papers: corpus } = readPapers(values.corpus ?? [`${SHARED}/corpus`]);
  const heldOut = new Set(
    readLines(`${values.eval ?? `${SHARED}/eval`}/topics.jsonl`, labelSchema).map(({ id }) => id),
  );
  const papers = [...corpus.values()].filter(({ id }) => !heldOut.has(id));
  const labels = new Map(readLines(LABELS, labelSchema).map(({ id, topics }) => [id, topics]));
  const labelled = papers.filter(({ id }) => labels.has(id));
  say(`${papers.length} papers, ${labelled.length} of them labelled; ${heldOut.size} held out`);

  const phrases = commonPhrases(papers, LEAST_PAPERS);
  const scales = scalesOf(papers, phrases);
  const of = (some: readonly Paper[]) => matrixOf(some, phrases, scales);
  if (values.check) {
    check(labelled, labels, of);
    return;
  }
  const known = targetsOf(labelled, labels);
  const teacher = learn(of(labelled), known, TEACHER, TEACHER.rounds);
  const all = of(papers);
  const seen = predict(all, teacher);
  const place = new Map(papers.map(({ id }, row) => [id, row]));
  for (const [row, { id }] of labelled.entries()) mix(seen, place.get(id) as number, known, row);
  say(`teacher done; ${phrases.length} phrases`);
  const pupil = learn(all, seen, PUPIL, PUPIL.rounds);
  write(all, pupil, scales);
}

const FOLDS = 4;

/** What the teacher makes of papers whose labels it has not seen. */
function check(
  labelled: readonly Paper[],
  labels: ReadonlyMap<string, string[]>,
  of: (some: readonly Paper[]) => Matrix,
): void {
  const seen: Float64Array[] = [];
  const right: Float64Array[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const rest = labelled.filter((_, index) => index % FOLDS !== fold);
    const out = labelled.filter((_, index) => index % FOLDS === fold);
    seen.push(predict(of(out), learn(of(rest), targetsOf(rest, labels), TEACHER, TEACHER.rounds)));
    right.push(targetsOf(out, labels));
  }
  for (let threshold = 0.15; threshold < 0.45; threshold += 0.03) {
    say(
      `${threshold.toFixed(2)}: micro-F1 ${microF1(seen.flatMap(flat), right.flatMap(flat), threshold).toFixed(3)}`,
    );
  }
}

function flat(values: Float64Array): number[] {
  return [...values];
}

function microF1(seen: readonly number[], right: readonly number[], threshold: number): number {
  const given = seen.map((value) => value >= threshold);
  const hits = given.filter((isGiven, index) => isGiven && right[index] === 1).length;
  const labels = right.filter((value) => value === 1).length;
  return (2 * hits) / (given.filter(Boolean).length + labels);
}

function targetsOf(papers: readonly Paper[], labels: ReadonlyMap<string, string[]>): Float64Array {
  return Float64Array.from(
    papers.flatMap(({ id }) => SLUGS.map((slug) => Number(labels.get(id)?.includes(slug) ?? false))),
  );
}

function mix(seen: Float64Array, row: number, known: Float64Array, knownRow: number): void {
  for (let topic = 0; topic < SLUGS.length; topic += 1) {
    const at = row * SLUGS.length + topic;
    const label = known[knownRow * SLUGS.length + topic] as number;
    seen[at] = LABEL_SHARE * label + (1 - LABEL_SHARE) * (seen[at] as number);
  }
}

/** The threshold goes into the biases: a topic is given where its sum is not below zero. */
function write({ phrases }: Matrix, { weights, biases }: Model, scales: Float64Array): void {
  let kept = 0;
  const topics = SLUGS.map((slug, topic) => {
    const told = phrases
      .map((phrase, column) => {
        const weight = (weights[column * SLUGS.length + topic] as number) * (scales[column] as number);
        return [phrase, Math.round(weight * 1000) / 1000] as const;
      })
      .filter(([, weight]) => Math.abs(weight) >= LEAST_WEIGHT)
      .sort(([, one], [, other]) => other - one);
    kept += told.length;
    const bias = (biases[topic] as number) - Math.log(THRESHOLD / (1 - THRESHOLD));
    return [slug, { bias: Math.round(bias * 1000) / 1000, phrases: Object.fromEntries(told) }] as const;
  });
  writeFileSync(WEIGHTS, `${JSON.stringify(Object.fromEntries(topics), null, 1)}\n`);
  say(`${kept} weights written`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main(process.argv.slice(2));
