// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';
import * as cards from './card.ts';
import * as onDiscord from './discord.ts';
import * as emails from './email.ts';
import * as feeds from './feeds.ts';
import * as hosts from './host.ts';
import * as papers from './papers.ts';
import * as people from './people.ts';
import * as setups from './setup.ts';
import * as onSlack from './slack.ts';
import * as slackAnswers from './slack-answers.ts';
import * as onSlackForms from './slack-forms.ts';
import * as onSlackHome from './slack-home.ts';
import * as slackPanels from './slack-panel.ts';
import { summaries } from './summaries.ts';
import { builtInTopics } from './topics.ts';
import { typed } from './typed.ts';

/** All that is said, in German. */
export const de: Texts = {
  ...cards,
  ...hosts,
  ...papers,
  ...people,
  ...emails,
  ...feeds,
  ...setups,
  ...onDiscord,
  ...onSlack,
  ...slackAnswers,
  ...onSlackForms,
  ...onSlackHome,
  ...slackPanels,
  builtInTopics,
  summaries,
  typed,
};
