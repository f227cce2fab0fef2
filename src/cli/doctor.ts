import { styleText } from 'node:util';
import { commands } from '../../commands/index.ts';
import type { FeedNeeds } from '../adapter.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { type Finding, fine, warning } from '../finding.ts';
import type { Run } from '../main.ts';
import { count } from '../texts/en/count.ts';
import { PROGRAM } from './called.ts';
import { examineInstallation } from './doctor/index.ts';
import type { DoctorJson } from './json.ts';
import {
  discordTools,
  emailTools,
  type MoreOptions,
  runAtPlatform,
  slackTools,
  type ToolsOf,
} from './platform-tools.ts';
import { examineServers } from './servers.ts';
import { printJson, type Session, write } from './session.ts';

interface DoctorTools {
  examine(feeds: readonly (FeedNeeds & { id: string })[], commands: readonly Command[]): Promise<Finding[]>;
  /** Where the platform is to call us; a secret, as whoever knows it may call. Absent where there is none such. */
  readonly hookUrl?: string;
  /** Sends something to an address, to be looked at there. Absent where nothing is addressed. */
  tryOut?(address: string): Promise<Finding[]>;
}

/** One more platform is one line here. */
const TOOLS: ToolsOf<DoctorTools> = {
  discord: discordTools,
  slack: slackTools,
  email: emailTools,
};

const OF_EMAIL: MoreOptions = {
  isPlatformOptional: true,
  usage: ' [--send …] [--hook]',
  options: { send: { type: 'string' }, hook: { type: 'boolean' } },
  help: {
    send: 'E-mail only: sends a test to this address too',
    hook: 'E-mail only: prints the address at which bounces are told, and nothing else; keep it secret',
  },
};

/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;
const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const;
const COLORS = { fine: 'green', warning: 'yellow', wrong: 'red' } as const;

/**
 * `paperwire doctor`: looks at the whole installation, or with the name of a platform at all that this one needs, and says
 * what to do. Exit 1 when something is wrong.
 */
export const run: Run = async (args) => {
  const isWhole = args.every((word) => word === '--json');
  if (!isWhole) return await atPlatform(args);
  const findings = await examineInstallation(ofPlatforms);
  return findings ? await report(findings, args.length > 0) : INTERRUPTED;
};

const atPlatform: Run = (args) =>
  runAtPlatform(
    'doctor',
    TOOLS,
    args,
    async ({ platform, tools, session, values: { send, hook }, isJson }) => {
      if ((typeof send === 'string' && !tools.tryOut) || (hook === true && tools.hookUrl === undefined))
        throw new UsageError('--send and --hook are for e-mail only: paperwire doctor email.');
      if (hook === true) return await tellHook(tools, isJson);
      const examined = await tools.examine(await feedsOn(platform, session), commands);
      const sent = typeof send === 'string' ? await tools.tryOut?.(send) : [];
      return await report([...(await examineServers(session)), ...examined, ...(sent ?? [])], isJson);
    },
    OF_EMAIL,
  );

/** Every platform that is set up, and those that are not though feeds wait for them. */
async function ofPlatforms(session: Session): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [platform, toolsOf] of Object.entries(TOOLS)) {
    const feeds = await feedsOn(platform, session);
    const isSetUp = session.config[platform as Platform] !== undefined;
    if (isSetUp) findings.push(...(await (await toolsOf(session)).examine(feeds, commands)));
    else if (feeds.length > 0) findings.push(waiting(platform, feeds.length));
  }
  if (findings.length > 0) return findings;
  return [fine(`No chat platform is set up: papers come in the browser. ${PROGRAM} init sets one up.`)];
}

type Platform = 'discord' | 'slack' | 'email';

function waiting(platform: string, feeds: number): Finding {
  const sentence = `${count(feeds, 'feed')} on ${platform} cannot be posted: it is not set up here.`;
  return warning(sentence, `${PROGRAM} init sets it up.`);
}

async function report(findings: Finding[], isJson: boolean): Promise<number> {
  if (isJson) await printJson({ findings } satisfies DoctorJson);
  else await write(findings.map(line).join(''));
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
}

/** Only where it is asked for: what the doctor finds is shown to others by whoever looks for help. */
async function tellHook({ hookUrl }: DoctorTools, isJson: boolean): Promise<number> {
  if (isJson) await printJson({ hookUrl });
  else await write(`${hookUrl}\n`);
  return 0;
}

async function feedsOn(platform: string, { bot }: Session) {
  const feeds = (await bot.feeds.all()).map(({ feed }) => feed);
  return feeds.filter(({ destination }) => destination.platform === platform);
}

function line({ state, sentence, mend }: Finding): string {
  const mark = styleText(COLORS[state], MARKS[state], { stream: process.stdout });
  return `${mark} ${sentence}\n${mend === undefined ? '' : `  ${mend}\n`}`;
}
