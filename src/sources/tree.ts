import { load } from 'cheerio/slim';

/** A node as the parser makes it, of which no more is asked than this. */
export interface Node {
  type: string;
  name?: string;
  attribs?: Record<string, string>;
  data?: string;
  children?: Node[];
}

/** The root of a whole document. Whoever asks has looked whether it is nested too deep for the parser (`nesting.ts`). */
export function rootOf(markup: string, language: 'html' | 'xml'): Node {
  return load(markup, { xml: language === 'xml' })
    .root()
    .get(0) as unknown as Node;
}
