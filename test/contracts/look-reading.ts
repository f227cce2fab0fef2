import { load } from 'cheerio';

/** The attributes that a drawing may have, by the name of the element. */
const TEMPLATE: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['article', 'div', 'span', 'i', 'time'].map((tag) => [tag, ['class', 'aria-hidden']]),
  ),
  ...Object.fromEntries(
    ['h1', 'h2', 'h3', 'b', 'em', 'u', 's', 'small', 'mark', 'blockquote', 'li', 'hr'].map((tag) => [
      tag,
      [],
    ]),
  ),
  a: ['class', 'href', 'rel', 'target'],
  img: ['alt', 'loading', 'referrerpolicy', 'src'],
  svg: ['viewBox', 'preserveAspectRatio', 'aria-hidden'],
  rect: ['width', 'height', 'fill', 'x', 'y', 'rx'],
  polyline: ['points', 'fill', 'stroke', 'stroke-width'],
  path: ['d', 'fill', 'stroke'],
};

/** What acts in a drawing, or is none of the template's own, as a browser reads it; empty when nothing does. */
export function actingIn(html: string): string[] {
  const root = load(html, null, false).root();
  return root
    .find('*')
    .addBack()
    .contents()
    .toArray()
    .flatMap((node) => {
      if ('attribs' in node) return elementProblems(node.tagName, node.attribs);
      return node.type === 'text' ? [] : [`a ${node.type}`];
    });
}

function elementProblems(tag: string, attributes: Record<string, string>): string[] {
  const known = TEMPLATE[tag];
  if (!known) return [`<${tag}>`];
  const names = Object.keys(attributes).filter((name) => !known.includes(name));
  return [...names.map((name) => `<${tag} ${name}>`), ...addressProblems(tag, attributes)];
}

function addressProblems(tag: string, { href, src, rel, target }: Record<string, string>): string[] {
  return [href, src].flatMap((address) => {
    if (address === undefined) return [];
    const url = URL.parse(address);
    const isSafe =
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    const isQuiet = tag !== 'a' || (rel === 'noreferrer' && target === '_blank');
    return isSafe && isQuiet ? [] : [`<${tag}> to ${address}`];
  });
}

/** All that is read in a drawing, without blanks and without whom its messages are from. */
export function readDrawn(html: string): string {
  const page = load(html);
  page('.author, [aria-hidden]').remove();
  return asRead(page.text());
}

/** A text without blanks, without the signs that isolate, and without what no page can have in it. */
export function asRead(text: string): string {
  return text.toWellFormed().replace(/[\s\u2068\u2069\0]/g, '');
}

/** True for a class that the stylesheet has a rule for. */
export function isStyled(name: string, style: string): boolean {
  return new RegExp(`\\.${name}(?![\\w-])`).test(style);
}
