import { beforeAll, describe, expect, it } from 'vitest';
import { tidyText, tidyTitle } from '../../src/text/tidy.ts';
import { type CorpusDay, readCorpus, sharedFolder } from '../shared.ts';

interface Entry {
  title: string;
  paper: { title: string; summary: string; ai_summary?: string };
}

const where = sharedFolder ? '' : ' (skipped: ../shared/corpus is not here)';

describe.skipIf(!sharedFolder)(`every text of the corpus${where}`, () => {
  let titles: string[] = [];
  let texts: string[] = [];
  let tidyTexts: string[] = [];
  beforeAll(() => {
    const entries = readCorpus().flatMap(({ items }: CorpusDay) => items as Entry[]);
    titles = unique(entries.flatMap(({ title, paper }) => [title, paper.title]));
    texts = unique(entries.flatMap(({ paper }) => [paper.summary, paper.ai_summary]));
    tidyTexts = texts.map(tidyText);
  }, 60_000);

  it('titles read without TeX', () => {
    const tidied = titles.map(tidyTitle);
    const left = tidied.filter((title) =>
      /\\|\$[A-Za-z^_{]|[\^_]\{|\b(?:circ|textbf|mathcal|nabla|ell)\b/.test(title),
    );
    console.log(`titles: ${changed(titles, tidied)} of ${titles.length} changed`);
    expect(titles.length).toBeGreaterThan(7000);
    expect(left).toEqual([]);
    expect(tidied.filter((title) => title === '' || title !== tidyTitle(title))).toEqual([]);
  });

  it('abstracts and summaries read without commands', () => {
    const left = tidyTexts.filter((text) =>
      /\\|\b(?:textbf|textit|mathcal|varepsilon)\b|\d ?times\d/.test(text),
    );
    console.log(`abstracts and summaries: ${changed(texts, tidyTexts)} of ${texts.length} changed`);
    expect(left).toEqual([]);
    expect(tidyTexts.filter((text) => text === '' || text !== tidyText(text))).toEqual([]);
  }, 60_000);

  it('addresses stay as they are', () => {
    const lost = texts.filter((text, i) =>
      addresses(text).some((address) => !tidyTexts[i]?.includes(address)),
    );
    expect(lost).toEqual([]);
  });
});

/** Without those that hold TeX themselves, or end in the middle of a link's braces. */
function addresses(text: string): string[] {
  return text.match(/https?:\/\/[^\s{}\\~'"$]+(?=\s|$)/g) ?? [];
}

function unique(texts: (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function changed(before: string[], after: string[]): number {
  return before.filter((text, i) => text.replace(/\s+/g, ' ').trim() !== after[i]?.replace(/\s+/g, ' '))
    .length;
}
