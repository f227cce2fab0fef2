import type { Paper } from './paper.ts';
import type { Topic } from './topic.ts';

/** One paper in a card: what is shown of it and under which number. */
export interface CardEntry {
  /** Counts from 1 through the whole card. */
  number: number;
  paper: Paper;
  /** Why it is here, where that is not plain: "joined the list after Monday's edition". */
  reason?: string;
}

/** A group of entries under its own heading. */
export interface CardSection {
  /** Absent when the card has one group only. */
  heading?: string;
  entries: CardEntry[];
}

/** Several papers: an edition in `digest` layout, a listing, a search result. */
export interface ListCard {
  kind: 'list';
  title: string;
  /** One line under the title: how many, of when, whether so far. */
  subtitle?: string;
  sections: CardSection[];
  /** Small print: where it comes from, warnings. */
  notes: string[];
  /** What the reader may do next: the next page. */
  actions?: CardAction[];
  ping?: Ping;
}

/** One paper whole. */
export interface PaperCard {
  kind: 'paper';
  entry: CardEntry;
  notes: string[];
  /** The title of the edition that it belongs to, and hangs under where there are threads; absent in an answer. */
  under?: string;
  /** What the reader may do about it: save it, find similar ones. */
  actions?: CardAction[];
}

/** Words without papers: an answer, a status, a help page. Lines are plain text; `detail` is set apart. */
export interface TextCard {
  kind: 'text';
  title: string;
  paragraphs: string[];
  rows?: CardRow[];
  /** What the reader may do about it; a button where there are buttons, else the command in words. */
  actions?: CardAction[];
  ping?: Ping;
}

/** A name and what is said of it. */
export interface CardRow {
  name: string;
  value: string;
  /** The value in parts, where a platform shows channels and roles in a way of its own. */
  parts?: RowPart[];
}

/** Text, or a channel or role as the platform names it. */
export type RowPart = string | { channel: string } | { role: string };

/** Topics to choose from by an emoji or a press: choosing one follows it. */
export interface PanelCard {
  kind: 'panel';
  title: string;
  paragraphs: string[];
  /** At most `MAX_PANEL_TOPICS`. */
  topics: Topic[];
}

/** The most emoji that one message may have (Discord's limit, error 30010). */
export const MAX_PANEL_TOPICS = 20;

/** The role of the workspace that is called by a message, as the platform names it. */
export type Ping = string;

/** A command that is given by a press. */
export interface CardAction {
  /** One or two words: "Resend". */
  label: string;
  /** The command's name as in the list, and its options. */
  command: string;
  options: Readonly<Record<string, string | number | boolean>>;
}

/** A message as it will be shown, free of any platform. Its text is plain: every adapter escapes what it must. */
export type Card = ListCard | PaperCard | TextCard | PanelCard;
