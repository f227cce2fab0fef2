import { escaped, inert, PEN } from '../../../src/html.ts';
import type { Pen } from '../../../src/paper-lines.ts';
import { isolated, plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';

/** How one part of a mail is written. Rooms are in UTF-16 code units before anything is escaped, so that bytes are bounded. */
export interface MailPen extends Pen {
  /** An address that `url` gave, or that is ours, as it stands in a link's target or in plain text. */
  address(url: string): string;
}

/** The part that most people see. */
export const HTML_PEN: MailPen = {
  ...PEN,
  text: (said, room) => inert(within(said, room)),
  address: escaped,
};

/** The part without any markup: where a link leads stands behind it. */
export const TEXT_PEN: MailPen = {
  ...PEN,
  text(said, room) {
    const line = within(said, room);
    return isolated(line, line);
  },
  link: (label, url) => `${label} <${url}>`,
  address: (url) => url,
};

function within(said: string, room: number): string {
  return shorten(plain(said), room, 'characters');
}
