import { expect } from 'vitest';
import { createTerminalAdapter, OPERATOR } from '../../../adapters/terminal/index.ts';
import { systemClock } from '../../../src/clock.ts';
import type { AdapterBench, AdapterSubject, Fault, ShownPaper } from '../../contracts/adapter.ts';

/** What a terminal is told when it is written to in vain. */
const CODES: Partial<Record<Fault, string>> = { 'not-arrived': 'EPIPE', 'answer-lost': 'ENOSPC' };

/** A terminal as the contract suite sees it. `withEscapes`: one that knows colours and links. */
export function terminalSubject(
  name: string,
  options: { columns: number; withEscapes: boolean },
): AdapterSubject {
  return {
    name,
    create: () => createTerminalBench(options),
    cannot: {
      find: 'a terminal keeps no record of what it has shown',
      repeat: 'whatever is written is shown',
      edit: 'what stands on the screen stays as it is',
      'request-lost': 'a write that fails without a word may have been shown: this is its lost answer',
      throttled: 'a terminal takes text as fast as it can and never asks for a pause',
      forbidden: 'whoever starts the program may write to its terminal',
      gone: 'a closed terminal is open again at the next start, so its feed is not suspended',
      rejected: 'a terminal has no limits; a payload that is no card has its own test',
    },
  };
}

function createTerminalBench({
  columns,
  withEscapes,
}: {
  columns: number;
  withEscapes: boolean;
}): AdapterBench {
  const written: string[] = [];
  const faults: Fault[] = [];
  let calls = 0;
  const create = () =>
    createTerminalAdapter({
      columns: () => columns,
      isTty: withEscapes,
      hasColor: withEscapes,
      hasLinks: withEscapes,
      async write(text) {
        calls += 1;
        const fault = faults.shift();
        if (fault === 'hang') await new Promise(() => {});
        if (fault) throw Object.assign(new Error('write failed'), { code: CODES[fault] });
        written.push(text);
      },
    });
  return {
    adapter: create(),
    restarted: create,
    destination: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
    member: OPERATOR,
    installer: OPERATOR,
    pageSize: 0,
    now: systemClock.now,
    skew() {},
    calls: (operation = 'send') => (operation === 'send' ? calls : 0),
    failNext: (fault) => faults.push(fault),
    shown: () => written.flatMap(readPapers),
    text: () => plainText(written.join('')).replace(/\s+/g, ' '),
    assertInert: () => written.forEach(assertInert),
  };
}

/**
 * Papers as a reader finds them: a number in the margin begins one, and its figures stand right of that margin. Words
 * that only look so (a note "1. Forged", a title that wraps into "▲ 999") have no figures of their own there.
 */
export function readPapers(text: string): ShownPaper[] {
  const lines = text.split('\n');
  const margins = lines.flatMap((line) => /^ *(?=▲ \d)/.exec(plainText(line))?.[0].length ?? []);
  const margin = margins.find((blanks) => blanks > 0);
  if (margin === undefined) return margins.length > 0 ? [readPaper(lines, 0)] : [];
  const starts = lines.flatMap((line, index) => (marginOf(line) === margin ? [index] : []));
  return starts
    .map((start, index) => lines.slice(start, starts[index + 1]))
    .filter((block) => figuresAt(block, margin) > 0)
    .map((block) => readPaper(block, margin));
}

/** Text without our own styles and links; Node 22's `stripVTControlCharacters` stops inside some addresses. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this takes away.
  return text.replace(/\x1b\]8;;[\x21-\x7e]*\x1b\\|\x1b\[\d{1,2}m/g, '');
}

/** How wide `12. ` and the blanks before it are. */
function marginOf(line: string): number | undefined {
  return /^ *\d+\. /.exec(plainText(line))?.[0].length;
}

function figuresAt(block: readonly string[], margin: number): number {
  return block.findIndex((line) => plainText(line).startsWith(`${' '.repeat(margin)}▲ `));
}

function readPaper(lines: readonly string[], margin: number): ShownPaper {
  const plain = lines.map(plainText);
  const figures = figuresAt(lines, margin);
  const number = /^ *(\d+)\. /.exec(plain[0] ?? '')?.[1];
  const upvotes = /▲ ([\d,]+)/.exec(plain[figures] ?? '')?.[1];
  return {
    ...(number === undefined ? {} : { number: Number(number) }),
    title: plain
      .slice(0, number === undefined ? 1 : figures)
      .map((line) => line.slice(margin))
      .join(' '),
    upvotes: Number(upvotes?.replaceAll(',', '')),
    url:
      linkOf(lines[0] ?? '') ??
      plain.map((line) => /^(?: *|Page +)(https?:\S+)$/.exec(line)?.[1]).find(Boolean),
  };
}

/** Where the first OSC 8 link of a line leads. */
function linkOf(line: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this reads.
  return /\x1b\]8;;([\x21-\x7e]+)\x1b\\/.exec(line)?.[1];
}

/** Nothing but our own styles and links, each closed on its line; all else is printable. */
export function assertInert(text: string): void {
  for (const line of text.split('\n')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    const links = [...line.matchAll(/\x1b\]8;;([\x21-\x7e]*)\x1b\\/g)].map(([, url]) => url ?? '');
    expect(
      links.every((url, index) => (index % 2 === 0 ? /^https?:\/\/[^@]*(\/|$)/.test(url) : url === '')),
    ).toBe(true);
    expect(links.length % 2).toBe(0);
    const bare = plainText(line);
    expect(bare).not.toMatch(
      /\p{Cc}|\p{Cs}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u,
    );
  }
}
