import { readAddress } from '../../../adapters/email/subscribing/address.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Environment } from '../../environment.ts';
import { PaperwireError, UsageError } from '../../errors.ts';
import { wrong } from '../../finding.ts';
import { createLog } from '../../log.ts';
import { PROGRAM } from '../called.ts';
import { emailTools, type ToolsNeeds } from '../platform-tools.ts';
import { type Session, withSession } from '../session.ts';
import type { Answers, Asking } from './asking.ts';
import { askBrowser } from './browser.ts';
import { askDiscord } from './discord.ts';
import { askEmail } from './email.ts';
import { type EnvFile, readEnvFile, writeEnvFile } from './env-file.ts';
import { type Changes, changedEnvText } from './env-text.ts';
import { addFeed, offerEdition, unlessGivenUp } from './feed.ts';
import { CancelledError, type Prompts } from './prompts.ts';
import {
  changesText,
  configOf,
  questionsConfig,
  readSettings,
  type Settings,
  trialConfigOf,
} from './settings.ts';
import { askSlack } from './slack.ts';

/** What a set-up is made with. */
export interface SetUpGiven {
  /** The file of settings. */
  path: string;
  /** Variables of the terminal. */
  environment: Environment;
  /** Those of a session: its end gives every question up. */
  promptsFor: (session: Pick<Session, 'signal' | 'wait'>) => Prompts;
  clock?: Clock;
}

const WELCOME = `Each answer is looked at as you give it. What will be written is shown
before it is; until then Ctrl-C gives up, and nothing has changed.`;
const NO_FEED =
  'The settings are written, but no feed is added. Give the command again once that is mended: what is set is kept.';

type Platform = keyof typeof PLATFORMS;

/** One more platform is one line here. */
const PLATFORMS = {
  discord: { label: 'Discord', hint: 'a bot of your own, in ten minutes', ask: askDiscord },
  slack: { label: 'Slack', hint: 'an app of your own, in ten minutes', ask: askSlack },
  email: { label: 'E-mail', hint: 'needs a mail server and an https address', ask: askEmail },
  web: { label: 'Only try it in the browser', hint: 'needs no account', ask: askBrowser },
} as const satisfies Record<
  string,
  { label: string; hint: string; ask: (asking: Asking) => Promise<Answers> }
>;

interface Plan extends Answers {
  platform: Platform;
}

/**
 * Asks, looks at each answer, shows what will change, and only then changes it: `.env`, a feed and, if it is wanted, a first
 * edition. Out: the exit code. Errors: `CancelledError` where somebody gave up before; `UsageError`, `ConfigError`,
 * `StoreError`.
 */
export async function setUp(given: SetUpGiven): Promise<number> {
  const { path, environment, promptsFor, clock = systemClock } = given;
  const file = readEnvFile(path);
  const settings = readSettings(environment, file.text);
  let plan: Plan | undefined;
  await withSession(
    async (session) => {
      plan = await askPlan(settings, session, promptsFor(session));
      return 0;
    },
    { config: questionsConfig(settings), clock, quietLog: true },
  );
  // The program was told to stop.
  if (!plan) throw new CancelledError();
  const agreed = plan;
  const { changes } = agreed;
  // The store is opened first: where it does not open nothing is written.
  return await withSession(
    async (session) => {
      if (changesText(changes, settings).length > 0) writeEnvFile(file, textAfter(file, changes));
      return await carryOut(agreed, session, promptsFor(session));
    },
    { config: configOf(settings, changes), clock, quietLog: true, withPlatforms: true },
  );
}

async function askPlan(settings: Settings, session: Session, prompts: Prompts): Promise<Plan> {
  const asking: Asking = { prompts, settings, needs: (changes) => needsOf(settings, changes, session) };
  const choices = (Object.keys(PLATFORMS) as Platform[]).map((value) => {
    const { label, hint } = PLATFORMS[value];
    return { value, label, hint };
  });
  prompts.say(WELCOME, 'Setting Paperwire up');
  const platform = await prompts.choose('Where shall papers come?', choices);
  const answers = await PLATFORMS[platform].ask(asking);
  // What is wrong with the whole is told before anything is written.
  configOf(settings, answers.changes);
  await agree(answers, settings, prompts);
  return { platform, ...answers };
}

/** With a log of its own, which hides what was just given. */
function needsOf(settings: Settings, changes: Changes, { bot, clock }: Session): ToolsNeeds {
  const config = trialConfigOf(settings, changes);
  return { config, bot, clock, log: createLog({ level: 'silent', secrets: config.secrets }) };
}

/** Errors: `CancelledError` where what is to change is not wanted. */
async function agree({ changes, order }: Answers, settings: Settings, prompts: Prompts): Promise<void> {
  const lines = changesText(changes, settings);
  const feed = order ? [`A feed: papers in ${order.name} at ${order.time} (${order.zone})`] : [];
  const whole = [...lines.map((line) => `In .env: ${line}`), ...feed];
  if (whole.length === 0) return;
  prompts.say(whole.join('\n'), 'This will be written');
  if (!(await prompts.confirm('Is that right?', true))) throw new CancelledError();
}

/** Errors: `UsageError` where the file is so written that a line more would not be read. */
function textAfter({ path, text = '' }: EnvFile, changes: Changes): string {
  const after = changedEnvText(text, changes);
  if (after !== undefined) return after;
  throw new UsageError(
    `${path} is so written that no line can be added to it: is there a quote that nothing closes? Nothing was changed.`,
  );
}

async function carryOut({ platform, order }: Plan, session: Session, prompts: Prompts): Promise<number> {
  try {
    if (order) await offerEdition(await addFeed(order, session, prompts), order, session, prompts);
    else if (platform === 'email') await offerMail(session, prompts);
  } catch (error) {
    if (session.signal.aborted || !(error instanceof PaperwireError)) throw error;
    prompts.tell(wrong(error.message, NO_FEED));
    return 1;
  }
  prompts.say(nextSteps(platform, session).join('\n'), 'What comes next');
  return 0;
}

async function offerMail(session: Session, prompts: Prompts): Promise<void> {
  const asked = prompts.confirm('Send a test by e-mail now?', true);
  if (!(await unlessGivenUp(asked))) return;
  const check = (answer: string) =>
    readAddress(answer) === undefined ? 'That is no e-mail address.' : undefined;
  const address = await unlessGivenUp(
    prompts.ask('To which address?', { example: 'you@example.org', check }),
  );
  if (address === undefined) return;
  const tools = await emailTools(session);
  for (const finding of await prompts.wait('Sending', tools.tryOut(address))) prompts.tell(finding);
}

function nextSteps(platform: Platform, { config: { http, email } }: Session): string[] {
  const port = http.port === 0 ? '' : `, then open http://${http.host}:${http.port}`;
  const last = {
    discord: 'On Discord: /paper help, once the bot runs',
    slack: 'On Slack: /paper help, once the bot runs',
    email: `To get editions: open ${email?.publicUrl ?? ''}/email, once the bot runs and its proxy leads there`,
    web: 'For a chat platform beside it: give this command again',
  } as const satisfies Record<Platform, string>;
  return [
    `${PROGRAM} start      runs the bot${platform === 'web' ? port : '; it posts at the time you chose'}`,
    `${PROGRAM} doctor     looks at the whole installation`,
    `${PROGRAM} status     shows how every feed stands`,
    last[platform],
  ];
}
