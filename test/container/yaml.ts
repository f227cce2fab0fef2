/** What a YAML file holds here; every scalar as its text. */
export type Yaml = string | Yaml[] | { [name: string]: Yaml };

interface Line {
  number: number;
  indent: number;
  text: string;
}

/** `name: value` or `name:`, where the name needs no quotes. */
const ENTRY = /^([\w<.-]+):(?: +(.*))?$/;
const DASH = '- ';
const ANCHOR = /^&(\w+) ?/;

/**
 * Reads as much of YAML as our own files need: mappings by indentation, lists in brackets or by dashes, plain and
 * double-quoted text, anchors and `<<`. Throws with the number of a line that has anything else.
 */
export function readYaml(text: string): { [name: string]: Yaml } {
  const lines = text.split('\n').flatMap(lineOf);
  const anchors = new Map<string, Yaml>();
  let at = 0;

  function readMapping(indent: number): { [name: string]: Yaml } {
    const read: { [name: string]: Yaml } = {};
    for (let line = lines[at]; line?.indent === indent; line = lines[at]) {
      const [, name, given = ''] = ENTRY.exec(line.text) ?? [];
      if (name === undefined || Object.hasOwn(read, name)) throw odd(line);
      at += 1;
      const value = readValue(given, line);
      if (name === '<<') Object.assign(read, value);
      else read[name] = value;
    }
    return read;
  }

  function readValue(given: string, line: Line): Yaml {
    const [, anchor] = ANCHOR.exec(given) ?? [];
    const rest = given.replace(ANCHOR, '');
    const next = lines[at];
    const isDeeper = rest === '' && next !== undefined && next.indent > line.indent;
    const value = isDeeper ? readBlock(next) : readInline(rest, line);
    if (anchor !== undefined) anchors.set(anchor, value);
    return value;
  }

  function readBlock({ indent, text }: Line): Yaml {
    return text.startsWith(DASH) ? readList(indent) : readMapping(indent);
  }

  function readList(indent: number): Yaml[] {
    const read: Yaml[] = [];
    for (let line = lines[at]; line?.indent === indent && line.text.startsWith(DASH); line = lines[at]) {
      // What follows the dash stands where it would stand on a line of its own.
      const item = { ...line, indent: indent + DASH.length, text: line.text.slice(DASH.length) };
      lines[at] = item;
      if (ENTRY.test(item.text)) read.push(readMapping(item.indent));
      else {
        at += 1;
        read.push(readInline(item.text, item));
      }
    }
    return read;
  }

  function readInline(given: string, line: Line): Yaml {
    if (given.startsWith('*')) return anchors.get(given.slice(1)) ?? fail(line);
    if (!given.startsWith('[')) return scalar(given, line);
    if (!given.endsWith(']')) throw odd(line);
    return (given.slice(1, -1).match(/"(?:[^"\\])*"|[^",\s][^",]*/g) ?? []).map((one) => scalar(one, line));
  }

  const whole = readMapping(0);
  const rest = lines[at];
  if (rest) throw odd(rest);
  return whole;
}

function lineOf(text: string, index: number): Line[] {
  const [, indent = '', content = ''] = /^( *)(.*?)\s*$/.exec(text) ?? [];
  if (content === '' || content.startsWith('#')) return [];
  return [{ number: index + 1, indent: indent.length, text: content }];
}

function scalar(text: string, line: Line): string {
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  // A comment, a nested list, a block of text, a tag: none of it stands in our files.
  if (/^(- |[[{!|>&*"'%@`])|: | #/.test(text)) throw odd(line);
  return text;
}

function fail(line: Line): never {
  throw odd(line);
}

function odd({ number, text }: Line): Error {
  return new Error(`Line ${number} is more than this reader knows: ${text}`);
}
