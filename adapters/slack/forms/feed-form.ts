import type { types } from '@slack/bolt';
import type { Texts } from '../../../src/texts/index.ts';
import { plainText, pressButton } from '../cards/parts.ts';
import { type FormAbout, writeAbout } from './about.ts';
import { fieldBlocks } from './feed-fields.ts';
import type { FormValues } from './feed-options.ts';
import { asideBlocks, section, VIEW_LIMITS } from './parts.ts';
import type { TopicChoices } from './topics.ts';

/** What the form shows. */
export interface FeedForm {
  about: FormAbout;
  values: FormValues;
  topics: TopicChoices;
  /** What kept it from being saved, as a sentence; the fields keep what was typed. */
  warning?: string;
  /** The bot may go into the channel by itself, if it is told to. */
  canJoin?: boolean;
  /** What the member must be told by the way. */
  aside?: string | undefined;
}

/** The form for a feed as a modal. */
export function renderFeedForm(form: FeedForm, texts: Texts): types.ModalView {
  const say = texts.slackForms;
  const isNew = form.about.id === undefined;
  return {
    type: 'modal',
    callback_id: 'form:feed',
    private_metadata: writeAbout(form.about),
    title: plainText(isNew ? say.addTitle : say.editTitle, VIEW_LIMITS.title),
    submit: plainText(isNew ? say.add : say.save, VIEW_LIMITS.title),
    close: plainText(say.cancel, VIEW_LIMITS.title),
    blocks: [...asideBlocks(form.aside, texts), ...warningBlocks(form, texts), ...fieldBlocks(form, texts)],
  };
}

function warningBlocks({ warning, canJoin }: FeedForm, { slackForms: say }: Texts): types.KnownBlock[] {
  if (warning === undefined) return [];
  const shown = { ...section(`⚠️ ${warning}`), block_id: 'warning' };
  if (!canJoin) return [shown];
  const join: types.Button = { ...pressButton(say.join, 'form:join', 'join'), style: 'primary' };
  return [shown, { type: 'actions', block_id: 'join', elements: [join] }];
}
