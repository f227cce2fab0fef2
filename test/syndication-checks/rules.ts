import { isDay } from '../../src/domain/calendar.ts';
import type { XmlElement } from './xml.ts';

/** What a document breaks, a sentence each; empty for a valid one. */
export type Faults = string[];

/** RFC 3339 with a zone, as RFC 4287 §3.3 wants it. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** RFC 822 with a year of four digits. */
const RFC_822 =
  /^(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d (GMT|UT|[+-]\d{4})$/;
/** RFC 3987, as far as it forbids characters. */
const NOT_IN_IRI = /[\s<>"{}|\\^`\p{Cc}]|%(?![0-9A-Fa-f]{2})/u;
const TAG = /<\s*(\/?)\s*([a-z][\w-]*)([^>]*)>/gi;

export function isRfc3339(text: string): boolean {
  return RFC_3339.test(text) && isDay(text.slice(0, 10));
}

/** The weekday must be that of the day. */
export function isRfc822(text: string): boolean {
  const [, weekday, day, month, year] = RFC_822.exec(text) ?? [];
  if (day === undefined) return false;
  const shown = new Date(Date.parse(`${day} ${month} ${year} 00:00:00 GMT`)).toUTCString();
  return (
    shown.slice(5, 16) === `${day} ${month} ${year}` && (weekday ?? shown.slice(0, 3)) === shown.slice(0, 3)
  );
}

/** True for an absolute IRI of the web. */
export function isAbsolute(text: string): boolean {
  return /^https?:\/\/[^/?#]+/.test(text) && !NOT_IN_IRI.test(text) && URL.canParse(text);
}

/** A media type, without parameters. */
export function isMediaType(text: string): boolean {
  return /^[a-z]+\/[a-z0-9.+-]+$/.test(text);
}

/** Children of a name and namespace. */
export function children(parent: XmlElement, name: string, namespace: string): XmlElement[] {
  return parent.elements.filter((one) => one.name === name && one.namespace === namespace);
}

/** What stands more than once. */
export function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** What would act, or is not balanced, in HTML that stands in a document: it holds paragraphs and links only. */
export function htmlFaults(where: string, html: string): Faults {
  const faults: Faults = [];
  const open: string[] = [];
  for (const [whole, slash, tag = '', rest = ''] of html.matchAll(TAG)) {
    if (!/^(p|a)$/.test(tag)) faults.push(`${where}: <${tag}> is no element of ours`);
    else if (slash === '') open.push(tag);
    else if (open.pop() !== tag) faults.push(`${where}: ${whole} closes nothing`);
    const isFine = tag === 'a' && slash === '' ? /^ href="https?:\/\/[^"<>\s]+" rel="noreferrer"$/ : /^$/;
    if (!isFine.test(rest)) faults.push(`${where}: ${whole} has other attributes than ours`);
  }
  if (open.length > 0) faults.push(`${where}: <${open.join('><')}> is not closed`);
  const text = html.replace(TAG, '');
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) faults.push(`${where}: its text is not escaped`);
  return faults;
}
