/** One line of values. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** A metric with all its lines. */
export interface Family {
  name: string;
  help: string;
  type: string;
  samples: Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/i;
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

/**
 * Reads the text format of Prometheus, 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats, 2026-11-23), and
 * forgives nothing. Errors: with the line or the series that breaks a rule.
 */
export function readExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let family: Family | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    // Empty lines mean nothing.
    if (line === '') continue;
    family = line.startsWith('#') ? headOf(line, family, families) : family;
    if (line.startsWith('#')) continue;
    const sample = readSample(line);
    if (!family || !namesOf(family).includes(sample.name)) throw new Error(`Not of its metric: ${line}`);
    const series = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (seen.has(series)) throw new Error(`Twice: ${line}`);
    seen.add(series);
    family.samples.push(sample);
  }
  for (const one of families.values()) checkWhole(one);
  return families;
}

/** `# HELP` opens a metric and `# TYPE` follows at once. */
function headOf(line: string, family: Family | undefined, families: Map<string, Family>): Family {
  const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
  if (!word || !NAME.test(name)) throw new Error(`Neither HELP nor TYPE: ${line}`);
  if (word === 'HELP') {
    if (families.has(name)) throw new Error(`Described twice: ${name}`);
    const opened = { name, help: rest, type: '', samples: [] };
    families.set(name, opened);
    return opened;
  }
  if (family?.name !== name || family.type !== '') throw new Error(`A type out of place: ${line}`);
  if (!TYPES.includes(rest)) throw new Error(`No such type: ${line}`);
  family.type = rest;
  return family;
}

function readSample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
  if (name === '' || !NUMBER.test(value)) throw new Error(`No value: ${line}`);
  const number = Number(value.replace(/inf$/i, 'Infinity'));
  return { name, labels: readLabels(labels, line), value: number };
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name = '', value = ''] = LABEL.exec(text) ?? [];
    if (name === '' || name in labels) throw new Error(`Bad labels: ${line}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
  }
  return labels;
}

function namesOf({ name, type }: Family): string[] {
  const parts = type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['_sum', '_count', ''];
  return type === 'histogram' || type === 'summary' ? parts.map((part) => `${name}${part}`) : [name];
}

function checkWhole({ name, help, type, samples }: Family): void {
  if (type === '' || help === '') throw new Error(`Not described: ${name}`);
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0)))
    throw new Error(`Below zero: ${name}`);
  if (type !== 'histogram') return;
  const ofSeries = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => JSON.stringify(rest));
  for (const [series, of] of ofSeries) checkHistogram(`${name} ${series}`, name, of);
}

/** Buckets ascend and hold all that those before them hold; the last, `+Inf`, holds all that were counted. */
function checkHistogram(series: string, name: string, samples: readonly Sample[]): void {
  const buckets = samples.filter((one) => one.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels }) => Number(labels.le?.replace('+Inf', 'Infinity')));
  const isAscending = (values: readonly number[], mayStay: boolean) =>
    values.every((value, index) => {
      const before = values[index - 1] ?? Number.NEGATIVE_INFINITY;
      return mayStay ? value >= before : value > before;
    });
  if (!isAscending(bounds, false) || bounds.at(-1) !== Number.POSITIVE_INFINITY)
    throw new Error(`Bounds: ${series}`);
  if (
    !isAscending(
      buckets.map(({ value }) => value),
      true,
    )
  )
    throw new Error(`Not cumulative: ${series}`);
  const [count] = samples.filter((one) => one.name === `${name}_count`);
  const hasSum = samples.some((one) => one.name === `${name}_sum`);
  if (!hasSum || count === undefined || count.value !== buckets.at(-1)?.value)
    throw new Error(`Count: ${series}`);
}
