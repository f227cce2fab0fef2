import { attributesOf, declared, FORBIDDEN, NAME, textIn } from './xml-text.ts';

/** An element as XML 1.0 and its namespaces see it. */
export interface XmlElement {
  /** Without its prefix. */
  name: string;
  namespace: string;
  /** By name as written: `href`, `xml:lang`. Declarations of namespaces are left out. */
  attributes: ReadonlyMap<string, string>;
  elements: XmlElement[];
  /** Its own text and that of all within, references resolved. */
  text: string;
}

type Scope = ReadonlyMap<string, string>;

interface Open extends XmlElement {
  written: string;
  scope: Scope;
}

const DECLARATION = /^<\?xml version="1\.0" encoding="utf-8"\?>\s*/;
const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>]+)\s*>|<([^\s<>/!?]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+)/y;
const XML = 'http://www.w3.org/XML/1998/namespace';

/**
 * Reads a document that is well-formed XML 1.0 with namespaces, and nothing else: no comment, processing instruction
 * or document type, of which ours have none. Errors: an `Error` that says what is wrong and where.
 */
export function readXml(source: string): XmlElement {
  if (!source.isWellFormed()) throw new Error('A surrogate stands alone.');
  const forbidden = FORBIDDEN.exec(source);
  if (forbidden) throw new Error(`A character that XML forbids stands at ${forbidden.index}.`);
  const declaration = DECLARATION.exec(source);
  if (!declaration) throw new Error('The document does not begin with its declaration.');
  return readRoot(source, declaration[0].length);
}

function readRoot(source: string, from: number): XmlElement {
  const root: Open = open('', '', new Map([['xml', XML]]));
  const path: Open[] = [root];
  TOKEN.lastIndex = from;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(source);
    if (!token) throw new Error(`What stands at ${at} is no XML: ${source.slice(at, at + 40)}`);
    take(token, path, root);
  }
  const [only, ...others] = root.elements;
  if (path.length > 1) throw new Error(`<${path.at(-1)?.written}> is not closed.`);
  if (!only || others.length > 0) throw new Error('A document has one root.');
  return only;
}

function take(token: RegExpExecArray, path: Open[], root: Open): void {
  const [, cdata, closing, opening, rest = '', text] = token;
  const parent = path.at(-1) ?? root;
  if (closing !== undefined) {
    if (path.length < 2 || closing !== parent.written) throw new Error(`</${closing}> closes nothing.`);
    path.pop();
    (path.at(-1) ?? root).text += parent.text;
  } else if (opening !== undefined) {
    const isEmpty = rest.endsWith('/');
    const element = open(opening, isEmpty ? rest.slice(0, -1) : rest, parent.scope);
    parent.elements.push(element);
    if (!isEmpty) path.push(element);
  } else {
    const shown = cdata ?? textIn(text ?? '');
    if (parent === root && (cdata !== undefined || shown.trim() !== ''))
      throw new Error('Text stands outside the root.');
    parent.text += shown;
  }
}

function open(written: string, rest: string, outer: Scope): Open {
  if (written !== '' && !NAME.test(written)) throw new Error(`<${written}> is no name.`);
  const all = attributesOf(rest);
  const scope = new Map([...outer, ...declared(all)]);
  const attributes = new Map([...all].filter(([name]) => !/^xmlns(:|$)/.test(name)));
  for (const name of attributes.keys()) if (name.includes(':')) namespaceOf(name, scope);
  const name = written.split(':').at(-1) ?? '';
  return { written, name, namespace: namespaceOf(written, scope), attributes, elements: [], text: '', scope };
}

function namespaceOf(written: string, scope: Scope): string {
  const prefix = written.includes(':') ? (written.split(':')[0] ?? '') : '';
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== '') throw new Error(`The prefix ${prefix} is not declared.`);
  return namespace ?? '';
}
