import {
  type APIButtonComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import type { Locale } from '../../../src/domain/locale.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { plain } from '../../../src/text/line.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { fitted } from '../cards/budget.ts';
import { inert } from '../cards/inert.ts';
import { LIMITS } from '../cards/limits.ts';
import {
  buttonRows,
  frame,
  heading,
  type Part,
  pressButton,
  selectRow,
  small,
  text,
} from '../cards/parts.ts';
import type { DiscordBody } from '../cards/payload.ts';
import { helpRow } from '../cards/render-actions.ts';
import { fromBase36, walk } from '../cards/stamp.ts';
import { ZONES, zoneFor } from './zones.ts';

/** What whoever brings us to a server chooses. What is chosen stands in the message itself, so a restart forgets nothing. */
export interface Setup {
  channel?: string;
  time: string;
  zone: string;
  /** By slug; empty for all papers. */
  topics: readonly string[];
}

export const SETUP_FIELDS = ['channel', 'time', 'zone', 'topics'] as const;
export type SetupField = (typeof SETUP_FIELDS)[number];
/** What a press on the message is about: a choice, or one of its two buttons. */
export type SetupPart = SetupField | 'start' | 'preview';

/** A channel that can be chosen. */
export interface SetupChannel {
  id: string;
  name: string;
}

const PREFIX = 'setup';
/** As written, in characters. */
const ROOM = { title: 250, small: 300 } as const;
const TIMES = ['06:00', '07:00', '08:00', '09:00', '10:00', '12:00', '14:00', '16:00', '18:00', '20:00'];
/** What is proposed at first. */
export function firstSetup(serverLocale: string | undefined): Setup {
  return { time: '09:00', zone: zoneFor(serverLocale), topics: [] };
}

/** The message with its choices, for a server (its id in `home`). */
export function renderSetup(
  setup: Setup,
  { home, server, channels }: { home: string; server: string; channels: readonly SetupChannel[] },
  locale?: Locale,
): DiscordBody {
  const texts = textsFor(locale);
  const say = texts.setup;
  const [title, words] = [heading(2, say.title(server), ROOM.title), inert(say.words)];
  const parts =
    channels.length > 0
      ? choices(setup, { home, channels }, texts)
      : [...text(inert(say.noChannel)), ...helpRow(texts)];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [frame([...text(title, words), ...parts])],
    allowed_mentions: { parse: [] },
  };
}

function choices(
  { channel, time, zone, topics }: Setup,
  { home, channels }: { home: string; channels: readonly SetupChannel[] },
  texts: Texts,
): Part[] {
  const say = texts.setup;
  const id = (part: SetupPart) => `${PREFIX}:${part}@${BigInt(home).toString(36)}`;
  const shown = channels.slice(0, LIMITS.options);
  const hidden = shown.length < channels.length ? say.others(shown.length) : undefined;
  const start: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Success,
    label: say.start,
    custom_id: id('start'),
  };
  return [
    selectRow(select(id('channel'), say.channel, shown.map(channelOption), [channel])),
    selectRow(select(id('time'), say.time, TIMES.map(plainOption), [time])),
    selectRow(select(id('zone'), say.zone, ZONES.map(plainOption), [zone])),
    selectRow({
      ...select(id('topics'), say.topics, topicOptions(texts), topics),
      min_values: 0,
      max_values: BUILT_IN_TOPICS.length,
    }),
    ...buttonRows([start, pressButton(say.preview, id('preview'))]),
    ...text(small(hidden, ROOM.small), small(say.more, ROOM.small)),
  ];
}

function select(
  customId: string,
  placeholder: string,
  options: readonly APISelectMenuOption[],
  chosen: readonly (string | undefined)[],
): Omit<APIStringSelectComponent, 'type'> {
  const marked = options.map((option) =>
    chosen.includes(option.value) ? { ...option, default: true } : option,
  );
  return { custom_id: customId, placeholder, options: marked };
}

function plainOption(value: string): APISelectMenuOption {
  return { value, label: value };
}

function channelOption({ id, name }: SetupChannel): APISelectMenuOption {
  return { value: id, label: fitted(`#${name}`, LIMITS.optionLabel, plain) };
}

function topicOptions({ builtInTopics }: Texts): APISelectMenuOption[] {
  return BUILT_IN_TOPICS.map(({ slug, name, emoji }) => {
    const label = builtInTopics[slug]?.name ?? name;
    return { value: slug, label, emoji: { name: emoji } };
  });
}

/** Which part of the message of which server was pressed; undefined for any other custom id. */
export function readSetupPress(customId: string): { part: SetupPart; home: string } | undefined {
  const [, part, home = ''] =
    /^setup:(channel|time|zone|topics|start|preview)@([0-9a-z]{1,14})$/.exec(customId) ?? [];
  return part === undefined ? undefined : { part: part as SetupPart, home: fromBase36(home) };
}

const selectSchema = z.object({
  custom_id: z.string(),
  options: z.array(z.object({ value: z.string(), default: z.boolean().optional() })),
});

/** What has been chosen so far, read off the message. */
export function readSetup(components: readonly unknown[]): Setup {
  const chosen: Partial<Record<SetupField, string[]>> = {};
  for (const one of walk(components)) {
    const parsed = selectSchema.safeParse(one);
    const press = parsed.success ? readSetupPress(parsed.data.custom_id) : undefined;
    const field = SETUP_FIELDS.find((name) => name === press?.part);
    if (!parsed.success || field === undefined) continue;
    chosen[field] = parsed.data.options.filter((option) => option.default).map(({ value }) => value);
  }
  const { channel, time, zone, topics = [] } = chosen;
  const first = firstSetup(undefined);
  return {
    ...(channel?.[0] === undefined ? {} : { channel: channel[0] }),
    time: time?.[0] ?? first.time,
    zone: zone?.[0] ?? first.zone,
    topics,
  };
}

/** The setup after a choice. */
export function withChoice(setup: Setup, field: SetupField, values: readonly string[]): Setup {
  if (field === 'topics') return { ...setup, topics: values };
  const [value] = values;
  return value === undefined ? setup : { ...setup, [field]: value };
}
