const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:="([^"]*)")?/g;
const VOID = new Set(['meta', 'link', 'img', 'input', 'br']);
/** Elements that SVG writes without content. */
const CLOSED = new Set(['rect', 'line', 'path']);

/** An element as it was written. */
export interface Written {
  name: string;
  attributes: ReadonlyMap<string, string>;
}

/** A page read letter by letter, with nothing forgiven. */
export interface Reading {
  elements: Written[];
  /** Pieces of text and values of attributes, with their entities. */
  texts: string[];
  /** Those of them that have nothing beside them: what stands in a field, or in lines of its own. */
  alone: Set<string>;
  faults: string[];
}

/** Reads a page as strictly as it should be written: each element closed, in order, each attribute in quotes. */
export function readStrictly(page: string): Reading {
  const reading: Reading = { elements: [], texts: [], alone: new Set(), faults: [] };
  const open: string[] = [];
  let at = page.startsWith('<!doctype html>') ? '<!doctype html>'.length : 0;
  if (at === 0) reading.faults.push('no doctype');
  while (at < page.length) {
    const next = page.indexOf('<', at);
    readText(page.slice(at, next < 0 ? page.length : next), reading, open.at(-1) === 'pre');
    if (next < 0) break;
    TAG.lastIndex = next;
    const [whole, slash, name = '', attributes = '', closed] = TAG.exec(page) ?? [];
    if (whole === undefined) {
      reading.faults.push(`no tag: ${page.slice(next, next + 60)}`);
      break;
    }
    at = next + whole.length;
    if (slash) closeElement(name, open, reading);
    else openElement({ name, attributes: attributesOf(attributes, reading) }, closed !== '', open, reading);
  }
  if (open.length > 0) reading.faults.push(`never closed: ${open.join(' ')}`);
  reading.faults.push(...idFaults(reading.elements), ...headingFaults(reading.elements));
  return reading;
}

function readText(text: string, { texts, alone, faults }: Reading, isAlone: boolean): void {
  texts.push(text);
  if (isAlone) alone.add(text);
  if (text.includes('>')) faults.push(`a bare > in ${text.slice(0, 60)}`);
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) faults.push(`a bare & in ${text.slice(0, 60)}`);
}

function attributesOf(written: string, reading: Reading): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) reading.faults.push(`twice: ${name}`);
    attributes.set(name, value);
    readText(value, reading, name === 'value');
  }
  return attributes;
}

function openElement(element: Written, isClosed: boolean, open: string[], reading: Reading): void {
  reading.elements.push(element);
  const { name } = element;
  if (isClosed !== CLOSED.has(name)) reading.faults.push(`closed wrongly: ${name}`);
  if (open.at(-1) === 'p' && /^(p|div|ul|ol|dl|table|h[1-6]|section|details|form|nav)$/.test(name))
    reading.faults.push(`${name} in p`);
  if (!isClosed && !VOID.has(name)) open.push(name);
}

function closeElement(name: string, open: string[], { faults }: Reading): void {
  const last = open.pop();
  if (last !== name) faults.push(`${last} is closed by ${name}`);
}

function idFaults(elements: readonly Written[]): string[] {
  const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
  const named = elements.flatMap(({ attributes }) => [
    ...(attributes.get('aria-labelledby')?.split(' ') ?? []),
    ...(attributes.get('for') === undefined ? [] : [attributes.get('for') ?? '']),
  ]);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...twice.map((id) => `twice: #${id}`),
    ...named.filter((id) => !ids.includes(id)).map((id) => `nothing is called #${id}`),
  ];
}

function headingFaults(elements: readonly Written[]): string[] {
  const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
  const first = levels.filter((level) => level === 1).length;
  const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
  return [
    ...(first === 1 ? [] : [`${first} headings of the first level`]),
    ...jumps.map((level) => `a heading of level ${level} under none above it`),
  ];
}

/** What acts on a page although its rules for content forbid it, or leads where nothing of ours is. */
export function actsIn({ elements }: Reading): string[] {
  return elements.flatMap(({ name, attributes }) => [
    ...(/^(script|style|iframe|object|embed|base)$/.test(name) ? [`<${name}>`] : []),
    ...[...attributes.keys()].filter((one) => /^on|^style$|^srcdoc$|^formaction$/.test(one)),
    ...['href', 'src', 'action'].flatMap((one) => {
      const address = attributes.get(one)?.replaceAll('&amp;', '&');
      return address === undefined || isSafeAddress(address) ? [] : [`${one}="${address}"`];
    }),
  ]);
}

function isSafeAddress(address: string): boolean {
  if (/^\/(?!\/)/.test(address) || address === '#main') return true;
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** Signs of any script that is written from the right. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/;

/** What turns its neighbours round: it says so, or is written from the right, and no isolation keeps it to itself. */
export function turnsIn({ texts, alone }: Reading): string[] {
  return texts.filter((text) => {
    if (CONTROLS.test(text) || !isBalanced(text)) return true;
    return !alone.has(text) && FROM_THE_RIGHT.test(text.replace(/\u2068[^\u2068\u2069]*\u2069/g, ''));
  });
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '\u2068') depth += 1;
    if (sign === '\u2069') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The elements with the names of their attributes and their classes: the same for pages that differ in words alone. */
export function skeleton({ elements }: Reading): string[] {
  return elements.map(({ name, attributes }) => {
    const look = attributes.get('class') ?? '';
    return [name, look, ...[...attributes.keys()]].join(' ');
  });
}
