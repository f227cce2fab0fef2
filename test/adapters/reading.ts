import { expect, it } from 'vitest';

/** What is read of marked text, as the reader of each platform gives it. */
interface ReadNode {
  kind: string;
  /** Of plain text. */
  text?: string;
  /** Of what is not read any further. */
  source?: string;
  /** Of a link. */
  url?: string;
  /** Of a heading. */
  level?: number;
  children?: readonly ReadNode[];
}

/** What was read, in one line: `bold("a") · link("b" → https://x.example)`. */
export function told(nodes: readonly ReadNode[]): string {
  return nodes
    .map(({ kind, text, source, url, level, children = [] }) => {
      if (kind === 'text') return JSON.stringify(text);
      if (source !== undefined) return `${kind}(${source})`;
      if (kind === 'link') return `link(${told(children)} → ${url})`;
      return `${kind}${kind === 'heading' ? level : ''}(${told(children)})`;
    })
    .join(' · ');
}

/** A case for each source, with what it is told as. */
export function itReads(
  parse: (source: string) => readonly ReadNode[],
  what: string,
  cases: readonly (readonly [source: string, expected: string])[],
): void {
  it.each(cases)(`${what}: %s`, (source, expected) => {
    expect(told(parse(source))).toBe(expected);
  });
}
