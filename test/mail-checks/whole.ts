import type { DrawnMail, DrawnPart } from '../../adapters/email/cards/draw.ts';

/** A mail as its reader gets it. */
export type WholeMail = Record<keyof DrawnMail, string>;

export function whole({ subject, html, text }: DrawnMail): WholeMail {
  return { subject, html: joined(html), text: joined(text) };
}

function joined({ letter, end }: DrawnPart): string {
  return letter + end;
}
