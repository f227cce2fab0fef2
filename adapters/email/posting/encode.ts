import { encode, wrap } from 'nodemailer/lib/qp';
import { type DrawnPart, MOST_KEPT } from '../cards/draw.ts';
import { remembered } from '../cards/remember.ts';

/** A part of a mail as it goes over the wire, with its own head: quoted-printable (RFC 2045, 6.7), in ASCII. */
export type Encode = (kind: 'plain' | 'html', part: DrawnPart) => string;

/** Encodes what many readers get alike once for all of them: of a mail that is nearly all. */
export function createEncode(): Encode {
  // Both parts of each mail that is kept drawn.
  const once = remembered(encoded, 2 * MOST_KEPT, (letter) => letter);
  return (kind, { letter, end }) =>
    [
      `Content-Type: text/${kind}; charset=utf-8`,
      'Content-Transfer-Encoding: quoted-printable',
      '',
      `${once(letter)}=`,
      encoded(end),
    ].join('\r\n');
}

/** One less than the most (RFC 2045, 6.7, 5): the last one gets a "=", by which it goes on in the next. */
const LINE = 75;

function encoded(text: string): string {
  return wrap(encode(text.replace(/\r?\n/g, '\r\n')), LINE);
}
