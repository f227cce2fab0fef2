/** What no document of XML 1.0 may hold (https://www.w3.org/TR/xml/#charsets, 2026-11-23). */
export const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
/** A name with at most one prefix; of the letters only those that we use. */
export const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;

const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const REFERENCE = /&(?:#x([0-9a-fA-F]+)|#(\d+)|(amp|lt|gt|quot|apos));|&/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text between tags with its references resolved. */
export function textIn(written: string): string {
  if (written.includes(']]>')) throw new Error('"]]>" stands in a text.');
  return resolved(written);
}

/** The attributes behind the name of an element. */
export function attributesOf(written: string): Map<string, string> {
  const found = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  let end = 0;
  for (let one = ATTRIBUTE.exec(written); one; one = ATTRIBUTE.exec(written)) {
    const [, name = '', double, single = ''] = one;
    if (!NAME.test(name)) throw new Error(`${name} is no name of an attribute.`);
    if (found.has(name)) throw new Error(`The attribute ${name} stands twice.`);
    found.set(name, resolved(double ?? single));
    end = ATTRIBUTE.lastIndex;
  }
  if (written.slice(end).trim() !== '') throw new Error(`What is no attribute: ${written.slice(end)}`);
  return found;
}

/** The namespaces that attributes declare, by prefix. */
export function declared(attributes: ReadonlyMap<string, string>): [string, string][] {
  return [...attributes].flatMap(([name, value]) => {
    if (name === 'xmlns') return [['', value]];
    if (!name.startsWith('xmlns:')) return [];
    if (value === '') throw new Error(`${name} declares no namespace.`);
    return [[name.slice('xmlns:'.length), value]];
  });
}

function resolved(written: string): string {
  return written.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? '';
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
    if (Number.isNaN(code) || !character.isWellFormed() || FORBIDDEN.test(character))
      throw new Error(`${whole} refers to nothing.`);
    return character;
  });
}
