import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { type Answers, type Asking, askVariable } from './asking.ts';
import { askTime } from './place.ts';
import { configOf } from './settings.ts';

const BEHIND_PASSWORD = `A chat platform is set up here. Beside it the playground opens only to
whoever has a password: choose one of eight characters or more.`;

/** Asks for what papers in the browser need. */
export async function askBrowser(asking: Asking): Promise<Answers> {
  const { prompts, settings } = asking;
  const { web, localZone } = configOf(settings);
  if (!web.hasPlayground) prompts.say(BEHIND_PASSWORD);
  const question = { variable: 'WEB_PASSWORD', message: 'A password for the playground' };
  const changes = web.hasPlayground ? {} : await askVariable(question, asking);
  const time = await askTime(localZone, prompts);
  return { changes, order: { place: PLAYGROUND, name: 'the browser', ...time } };
}
