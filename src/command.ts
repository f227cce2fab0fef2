import type { Services } from './abilities.ts';
import type { Instant } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { Destination } from './domain/feed.ts';
import type { Locale } from './domain/locale.ts';

/** The value of an option, after the adapter has read it. */
export type OptionValue = string | number | boolean;

/** One thing that a command may be told. The first required text option may be given without its name. */
export interface Option {
  /** One lower-case word, or two joined by a hyphen. */
  name: string;
  /** A phrase for help and registration, without a full stop; at most 100 characters (Discord's limit). */
  summary: string;
  /** A `channel` or `role` is given as the platform names it; where it has no way to choose one, as text. */
  type: 'text' | 'integer' | 'flag' | 'channel' | 'role';
  isRequired?: true;
  /** The only values, where there are few. */
  choices?: readonly string[];
  /** Bounds of an integer, both allowed. */
  min?: number;
  max?: number;
  /** What a text may be completed by while it is typed, where a platform can. */
  completedBy?: readonly CompletionKind[];
  /** Several may be given, separated by commas; the last one is completed. */
  isList?: true;
}

/** `followed`: what the caller follows. */
export const COMPLETION_KINDS = ['paper', 'author', 'topic', 'zone', 'feed', 'followed', 'command'] as const;
export type CompletionKind = (typeof COMPLETION_KINDS)[number];

/** One way in which what is typed may go on. */
export interface Completion {
  kind: CompletionKind;
  /** As it is shown: a title, a name; may be long. */
  label: string;
  /** What the option is given: an id, `author:"Name"`, `topic:slug`. */
  value: string;
}

/** A command as given. */
export interface Invocation {
  /** The command's name as in the list: `search`, `feed add`. */
  command: string;
  /** By option name; what was not said is absent. */
  options: Readonly<Record<string, OptionValue>>;
  /** Where it was given. */
  place: Destination;
  /** The place belongs to no workspace of ours: its `workspace` stands for all such places. */
  isHomeless?: true;
  member: { id: string; isManager: boolean };
  at: Instant;
  /** The same for what is told twice: the feed that is made by it is made once, and is as it was told last. */
  key?: string;
  /** A paper that is named is shown as the archive has it: no source is asked for it. */
  isArchiveOnly?: true;
  /** The caller's language; absent for the usual one. */
  locale?: Locale;
  signal?: AbortSignal;
}

/** The answer. */
export interface Reply {
  /** `private`: only the caller sees it. */
  visibility: 'private' | 'channel';
  /** In the order of showing; at least one. */
  cards: Card[];
  /** `refused`: it cannot be done as it was asked for. `failed`: it should have been done and could not. */
  outcome: 'done' | 'refused' | 'failed';
  /** Of a refusal: the name of the option whose value is at fault, where it is one's. */
  option?: string;
  /** Something to keep: a bibliography. */
  file?: ReplyFile;
  /** The same answer for programs, where something is listed. */
  data?: unknown;
}

/** A text file that goes with an answer. */
export interface ReplyFile {
  /** With its ending: `saved.bib`. */
  name: string;
  mediaType: string;
  content: string;
}

/** What a command (`does`) and each of its options does, in every language; bounds as those of a `summary`. */
export type Says = Readonly<Record<Locale, Readonly<Record<string, string>> & { does: string }>>;

/**
 * One `/paper` command, free of any platform. `run` answers with a reply or throws `CommandError` with a sentence
 * for the caller; what it needs arrives as arguments.
 */
export interface Command {
  /** One or two lower-case words: `search`, `feed add`. */
  name: string;
  /** What it does, as a phrase without a full stop; at most 100 characters (Discord's limit). */
  summary: string;
  /** Absent where the catalogue of texts has it. */
  says?: Says;
  /** Required ones first. */
  options: readonly Option[];
  /** Who may give it; checked at every call. */
  audience: 'member' | 'manager';
  /** Changes nothing, so that it may be carried out before it is known whether another process answers. */
  isReading?: true;
  /** Tells of a workspace what only those in it may know; what is for managers does so anyway. */
  isOfWorkspace?: true;
  /** One that works as it stands after `/paper `. */
  example: string;
  run(invocation: Invocation, services: Services): Promise<Reply>;
}
