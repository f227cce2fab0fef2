import { plain } from '../../text/line.ts';
import { shorten } from '../../text/shorten.ts';

/** What others have said, as one line of plain text without any character that XML forbids. */
export function oneLine(text: string): string {
  return plain(text).replaceAll(/ {2,}/g, ' ');
}

/**
 * The same in at most `room` graphemes.
 *
 * feedsmith turns `&apos;` into an apostrophe wherever it stands in a document of XML; so do we, that all formats say
 * the same.
 */
export function said(text: string, room: number): string {
  return shorten(oneLine(text).replaceAll('&apos;', "'"), room);
}
