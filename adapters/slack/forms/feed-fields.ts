import type { types } from '@slack/bolt';
import { WEEKDAYS } from '../../../src/domain/calendar.ts';
import { FEED_LISTINGS, MAX_LIMIT } from '../../../src/domain/feed.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { LIMITS } from '../cards/limits.ts';
import { optionOf, plainText } from '../cards/parts.ts';
import type { FeedForm } from './feed-form.ts';
import { actionOf, type FormOption, type FormValues } from './feed-options.ts';
import { chosenOf, chosenOption, smallPrint, VIEW_LIMITS } from './parts.ts';
import type { TopicChoices } from './topics.ts';

type Element = types.InputBlock['element'];
/** The bounds of `feed add`, which is asked again whatever is sent. */
const BOUNDS = { limit: [1, MAX_LIMIT], 'min-votes': [0, 10_000], 'refresh-hours': [0, 168] } as const;
const LAYOUTS = ['digest', 'cards'] as const;

/** The fields of the form, in their order, with what stands in them. */
export function fieldBlocks({ values, topics, about }: FeedForm, texts: Texts): types.KnownBlock[] {
  const say = texts.slackForms;
  const weekdays = WEEKDAYS.map((day) => optionOf(texts.listing.weekdays[day], day));
  const listings = FEED_LISTINGS.map((listing) => optionOf(say.listings[listing], listing));
  const layouts = LAYOUTS.map((layout) => optionOf(say.layouts[layout], layout));
  return [
    // A feed may post where no list of channels leads, and then stays there.
    field('channel', say.channel, channelSelect(values), {
      hint: say.channelHint,
      isOptional: about.id !== undefined,
    }),
    field('time', say.time, {
      type: 'timepicker',
      action_id: actionOf('time'),
      ...(values.time === undefined ? {} : { initial_time: String(values.time) }),
    }),
    field('zone', say.zone, zoneSelect(actionOf('zone'), values.zone, say.zoneHint)),
    field('listing', say.listing, {
      type: 'static_select',
      action_id: actionOf('listing'),
      options: listings,
      ...chosenOption(listings, values.listing),
    }),
    field('days', say.days, {
      type: 'checkboxes',
      action_id: actionOf('days'),
      options: weekdays,
      ...chosenOf(weekdays, partsOf(values.days)),
    }),
    ...topicBlocks(topics, values, texts),
    number('limit', say.limit, values),
    field('layout', say.layout, {
      type: 'radio_buttons',
      action_id: actionOf('layout'),
      options: layouts,
      ...chosenOption(layouts, values.layout),
    }),
    ...words('include', say.include, say.wordsHint, values),
    ...words('exclude', say.exclude, say.wordsHint, values),
    codeField(values, texts),
    number('min-votes', say.minVotes, values),
    number('refresh-hours', say.refresh, values, say.refreshHint),
  ];
}

function field(
  name: FormOption,
  label: string,
  element: Element,
  { hint, isOptional }: { hint?: string; isOptional?: boolean } = {},
): types.InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plainText(label, VIEW_LIMITS.label),
    element,
    ...(hint === undefined ? {} : { hint: plainText(hint, VIEW_LIMITS.label) }),
    ...(isOptional ? { optional: true } : {}),
  };
}

/** Channels of this workspace; a direct one is not on the list, and neither is one shared with another team. */
function channelSelect({ channel }: FormValues): types.ConversationsSelect {
  return {
    type: 'conversations_select',
    action_id: actionOf('channel'),
    filter: {
      include: ['public', 'private'],
      exclude_bot_users: true,
      exclude_external_shared_channels: true,
    },
    ...(channel === undefined || !/^[CG]/.test(String(channel))
      ? {}
      : { initial_conversation: String(channel) }),
  };
}

/** A select of time zones, which are asked for as one types. */
export function zoneSelect(actionId: string, zone: unknown, placeholder: string): types.ExternalSelect {
  const initial = typeof zone === 'string' && zone !== '' ? optionOf(zone, zone) : undefined;
  return {
    type: 'external_select',
    action_id: actionId,
    min_query_length: 1,
    placeholder: plainText(placeholder, LIMITS.placeholder),
    ...(initial ? { initial_option: initial } : {}),
  };
}

function topicBlocks(
  topics: TopicChoices,
  values: FormValues,
  { slackForms: say }: Texts,
): types.KnownBlock[] {
  if ('sentence' in topics) return [{ ...smallPrint(topics.sentence), block_id: 'no-topics' }];
  const groups = [
    { label: plainText(say.builtIn, LIMITS.optionText), options: topics.builtIn },
    { label: plainText(say.own, LIMITS.optionText), options: topics.own },
  ].filter(({ options }) => options.length > 0);
  const element: types.MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: actionOf('topics'),
    option_groups: groups,
    ...chosenOf([...topics.builtIn, ...topics.own], partsOf(values.topics)),
  };
  return [field('topics', say.topics, element, { hint: say.topicsHint, isOptional: true })];
}

function number(
  name: keyof typeof BOUNDS,
  label: string,
  values: FormValues,
  hint?: string,
): types.InputBlock {
  const [least, most] = BOUNDS[name];
  const value = values[name];
  const isNumber = typeof value === 'number' && value >= least && value <= most;
  const element: types.NumberInput = {
    type: 'number_input',
    action_id: actionOf(name),
    is_decimal_allowed: false,
    min_value: String(least),
    max_value: String(most),
    ...(isNumber ? { initial_value: String(value) } : {}),
  };
  return field(name, label, element, hint === undefined ? {} : { hint });
}

/** Words that are too long for a field are not shown, and stay as they are. */
function words(
  name: 'include' | 'exclude',
  label: string,
  hint: string,
  values: FormValues,
): types.InputBlock[] {
  const value = String(values[name] ?? '');
  if (value.length > VIEW_LIMITS.input) return [];
  const element: types.PlainTextInput = {
    type: 'plain_text_input',
    action_id: actionOf(name),
    max_length: VIEW_LIMITS.input,
    ...(value === '' ? {} : { initial_value: value }),
  };
  return [field(name, label, element, { hint, isOptional: true })];
}

function codeField(values: FormValues, { slackForms: say }: Texts): types.InputBlock {
  const options = [optionOf(say.codeOnly, 'true')];
  const element: types.Checkboxes = {
    type: 'checkboxes',
    action_id: actionOf('code-only'),
    options,
    ...chosenOf(options, [String(values['code-only'])]),
  };
  return field('code-only', say.code, element, { isOptional: true });
}

function partsOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? value.split(',') : [];
}
