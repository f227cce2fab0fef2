/** A text with places in it, taken apart once so that it is filled fast. */
export type Template = readonly (string | Place)[];

interface Place {
  name: string;
  /** What stands there once for each part that fills it; absent where a text fills it. */
  inner?: Template;
}

/** What fills a template, by the names of its places: texts as they are to stand there, or parts with places of their own. */
export interface Values {
  readonly [name: string]: string | readonly Values[] | undefined;
}

const TAG = /(\{[#/]?[a-z]+\})/;
/** A tag that has a line to itself takes that line with it. */
const LINE_OF_ITS_OWN = /^[ \t]*(\{[#/][a-z]+\})[ \t]*\n/gm;

/**
 * Takes a text apart: `{name}` is filled with a text; what stands from `{#name}` to `{/name}` stands there once if that is a
 * text, once for each of its parts if it has parts, and not at all for nothing. Errors: `TypeError` for what is not closed.
 */
export function parseTemplate(source: string): Template {
  const root: (string | Place)[] = [];
  const open = [{ name: '', pieces: root }];
  for (const piece of source.replace(LINE_OF_ITS_OWN, '$1').split(TAG)) {
    const [, sign, name = ''] = /^\{([#/]?)([a-z]+)\}$/.exec(piece) ?? [];
    const last = open.at(-1);
    if (sign === '/') {
      if (open.length === 1 || last?.name !== name) throw new TypeError(`"{/${name}}" closes nothing.`);
      open.pop();
    } else if (sign === '#') {
      const inner: (string | Place)[] = [];
      last?.pieces.push({ name, inner });
      open.push({ name, pieces: inner });
    } else if (piece !== '') last?.pieces.push(sign === '' ? { name } : piece);
  }
  if (open.length > 1) throw new TypeError(`"{#${open.at(-1)?.name}}" is not closed.`);
  return root;
}

/** The text with its places filled. What fills them is not looked at: no tag in it counts. */
export function fill(template: Template, values: Values): string {
  let filled = '';
  for (const piece of template) filled += typeof piece === 'string' ? piece : filling(piece, values);
  return filled;
}

function filling({ name, inner }: Place, values: Values): string {
  const value = values[name];
  if (value === undefined || value === '') return '';
  if (typeof value === 'string') return inner ? fill(inner, values) : value;
  let filled = '';
  for (const part of value) filled += fill(inner ?? [], part);
  return filled;
}
