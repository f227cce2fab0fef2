import type { Command } from '../src/command.ts';
import { deliveryDismiss } from './delivery/dismiss.ts';
import { deliveryList } from './delivery/list.ts';
import { deliveryResend } from './delivery/resend.ts';
import { email } from './email.ts';
import { feedAdd } from './feed/add.ts';
import { feedEdit } from './feed/edit.ts';
import { feedList } from './feed/list.ts';
import { feedPause } from './feed/pause.ts';
import { feedPreview } from './feed/preview.ts';
import { feedRemove } from './feed/remove.ts';
import { feedResume } from './feed/resume.ts';
import { feedRun } from './feed/run.ts';
import { feedShow } from './feed/show.ts';
import { find } from './find.ts';
import { follow } from './follow.ts';
import { following } from './following.ts';
import { forgetMe } from './forget-me.ts';
import { createHelpCommand } from './help.ts';
import { month } from './month.ts';
import { rate } from './rate.ts';
import { save } from './save.ts';
import { saved } from './saved.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { similar } from './similar.ts';
import { status } from './status.ts';
import { today } from './today.ts';
import { topicsAdd } from './topics/add.ts';
import { topicsList } from './topics/list.ts';
import { topicsPanel } from './topics/panel.ts';
import { topicsRemove } from './topics/remove.ts';
import { trending } from './trending.ts';
import { unfollow } from './unfollow.ts';
import { week } from './week.ts';

/** Every `/paper` command, in the order that help shows them. One more command is one file and one line here. */
export const commands: readonly Command[] = [
  today,
  week,
  month,
  trending,
  search,
  find,
  show,
  similar,
  follow,
  unfollow,
  following,
  email,
  save,
  saved,
  rate,
  topicsList,
  topicsAdd,
  topicsRemove,
  topicsPanel,
  feedAdd,
  feedList,
  feedShow,
  feedEdit,
  feedPause,
  feedResume,
  feedRemove,
  feedRun,
  feedPreview,
  deliveryList,
  deliveryResend,
  deliveryDismiss,
  status,
  forgetMe,
  createHelpCommand(() => commands),
];
