import type { types } from '@slack/bolt';
import type { Command } from '../../../src/command.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { escaped, inert } from '../cards/inert.ts';
import {
  actionsBlocks,
  buttonOf,
  context,
  header,
  linkButton,
  pressButton,
  section,
} from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Caller } from './caller.ts';

/** The `action_id` of the button that opens the search. */
export const SEARCH_BUTTON = 'search:open';

type Group = 'read' | 'find' | 'follow' | 'keep' | 'feeds';

/** What people want, and what does it as it stands. */
export const EXAMPLES: readonly (readonly [group: Group, examples: readonly string[]])[] = [
  ['read', ['today', 'today limit:5', 'week', 'trending']],
  ['find', ['search gaussian splatting', 'search author:"Yann LeCun" has:code', 'similar 2608.19880']],
  ['follow', ['topics list', 'follow agents', 'following']],
  ['keep', ['save 2608.19880', 'saved', 'saved format:bibtex']],
  ['feeds', ['feed add', 'feed list', 'status', 'topics panel']],
];

/** The help that an empty `/paper` gets: what one may want, each with examples, and buttons for the first steps. */
export function helpBody(
  caller: Caller,
  commands: readonly Command[],
  appId: string | undefined,
  texts: Texts,
): SlackBody {
  const say = texts.slackAnswers.help;
  const open = commands.filter(({ audience }) => audience === 'member' || caller.member.isManager);
  const isOpen = (example: string) => open.some(({ name }) => `${example} `.startsWith(`${name} `));
  const told = EXAMPLES.map(([group, examples]) => ({
    name: say[group],
    lines: examples.filter(isOpen).map((one) => `/paper ${one}`),
  }));
  return {
    text: [say.title, say.intro, ...told.map(({ name, lines }) => `${name}: ${lines.join(', ')}`)]
      .map(inert)
      .join('\n'),
    blocks: [
      header(say.title),
      ...section([inert(say.intro)]),
      ...told.flatMap(({ name, lines }) =>
        section([`*${name}*`, lines.map((line) => `\`${escaped(line)}\``).join('   ')]),
      ),
      ...context([inert(say.more)]),
      ...actionsBlocks(buttons(caller, appId, texts)),
    ],
  };
}

function buttons({ place }: Caller, appId: string | undefined, texts: Texts): types.Button[] {
  const { help: say } = texts.slackAnswers;
  const today = buttonOf({ label: say.today, command: 'today', options: {} }, 0);
  const topics = buttonOf({ label: say.topics, command: 'topics list', options: {} }, 1);
  return [
    ...(today ? [today] : []),
    pressButton(say.search, SEARCH_BUTTON, 'open'),
    ...(topics ? [topics] : []),
    ...(appId === undefined ? [] : [homeButton(place.workspace, appId, texts)]),
  ];
}

/** Leads to our Home tab (docs.slack.dev/interactivity/deep-linking, 2026-11-26). */
function homeButton(team: string, appId: string, { slackAnswers: { help } }: Texts): types.Button {
  const query = new URLSearchParams({ app: appId, team, tab: 'home' });
  return linkButton(help.home, `https://slack.com/app_redirect?${query}`, 0);
}
