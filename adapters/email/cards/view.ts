import type {
  CardAction,
  CardEntry,
  CardRow,
  ListCard,
  PaperCard,
  RowPart,
  TextCard,
} from '../../../src/domain/card.ts';
import type { Button, MailPayload } from './payload.ts';
import type { MailPen } from './pens.ts';
import type { Values } from './template.ts';
import { asText } from './topics.ts';
import { createEntryView, paragraphsOf, wholePaperView } from './view-paper.ts';

/** In UTF-16 code units. */
const ROOM = {
  title: 300,
  subtitle: 300,
  heading: 200,
  term: 200,
  said: 1500,
  label: 80,
  note: 300,
} as const;
/** Nobody reads more small print. */
const MOST_NOTES = 8;

/**
 * Says all that stands in a mail but its end, by the names of `layout.mjml` and `layout.txt`; in HTML or in plain text, as the
 * pen writes it.
 */
export function createView(pen: MailPen): (payload: MailPayload) => Values {
  const entryView = createEntryView(pen);
  return (payload) => ({
    ...cardView(payload, entryView, pen),
    button: payload.button && [buttonView(payload.button, pen)],
  });
}

function buttonView({ label, url }: Button, pen: MailPen): Values {
  return { label: pen.text(label, ROOM.label), url: pen.address(url) };
}

function cardView(
  { card, others = {} }: MailPayload,
  entryView: ReturnType<typeof createEntryView>,
  pen: MailPen,
): Values {
  switch (card.kind) {
    case 'list':
      return listView(card, (entry) => entryView(entry, others[entry.paper.id] ?? 0), pen);
    case 'paper':
      return paperCardView(card, pen);
    case 'text':
      return textView(card, pen);
    case 'panel':
      return textView(asText(card), pen);
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}

/** Its actions turn pages, and a mail has all of them. */
function listView(
  { title, subtitle = '', sections, notes }: ListCard,
  entryView: (entry: CardEntry) => Values,
  pen: MailPen,
): Values {
  return {
    title: pen.text(title, ROOM.title),
    subtitle: pen.text(subtitle, ROOM.subtitle),
    sections: sections.map(({ heading = '', entries }) => ({
      heading: entries.length === 0 ? '' : pen.text(heading, ROOM.heading),
      papers: entries.map(entryView),
    })),
    notes: notesView(notes, pen),
  };
}

/** Its title is the paper's own; what may be done about it is done elsewhere, by a press. */
function paperCardView({ entry, notes, under = '' }: PaperCard, pen: MailPen): Values {
  return {
    subtitle: pen.text(under, ROOM.subtitle),
    sections: [{ papers: [wholePaperView(entry, pen)] }],
    notes: notesView(notes, pen),
  };
}

function textView({ title, paragraphs, rows = [], actions = [] }: TextCard, pen: MailPen): Values {
  return {
    title: pen.text(title, ROOM.title),
    paragraphs: paragraphs.flatMap((text) => paragraphsOf(text, pen)),
    rows: rows.map((row) => rowView(row, pen)),
    notes: notesView(actions.map(typedText), pen),
  };
}

function rowView({ name, value, parts = [value] }: CardRow, pen: MailPen): Values {
  const room = Math.floor(ROOM.said / Math.max(1, parts.length));
  return {
    term: pen.text(name, ROOM.term),
    said: parts.map((part) => partText(part, room, pen)).join(''),
  };
}

/** Channels and roles by name; blanks between a part and the next stay. */
function partText(part: RowPart, room: number, pen: MailPen): string {
  if (typeof part !== 'string')
    return 'channel' in part ? `#${pen.text(part.channel, room)}` : `@${pen.text(part.role, room)}`;
  return `${/^\s/.test(part) ? ' ' : ''}${pen.text(part, room)}${/\S\s+$/.test(part) ? ' ' : ''}`;
}

function notesView(notes: readonly string[], pen: MailPen): Values[] {
  return notes.slice(0, MOST_NOTES).flatMap((text) => {
    const note = pen.text(text, ROOM.note);
    return note === '' ? [] : [{ note }];
  });
}

/** A command in words: no press in a mail gives one. */
function typedText({ label, command, options }: CardAction): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  return `${label}: ${['/paper', command, ...given].join(' ')}`;
}
