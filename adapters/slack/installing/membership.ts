import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { codeOf } from '../posting/failures.ts';
import type { SlackInstallation } from './installation.ts';
import type { Installing } from './installing.ts';
import { createOauth, INSTALL_PATH, type OauthConfig, REDIRECT_PATH } from './oauth.ts';

export interface MembershipDependencies {
  installing: Installing;
  /** How workspaces install us by OAuth; undefined for the one that made the app for itself. */
  oauth: Omit<OauthConfig, 'onJoin' | 'onInstalled'> | undefined;
  installations: Installations;
  /** Has requests whose path begins so answered. */
  route: (prefix: string, listener: (request: IncomingMessage, response: ServerResponse) => void) => void;
  /** Greets whoever installed us. Rejects where that could not be done. */
  greet: (workspace: string, member: string) => Promise<void>;
  host: Host;
  clock: Clock;
  log: Log;
  /** Ends what is in hand. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/** Which workspaces have us: since when, and until when. */
export interface Membership {
  /**
   * Lets workspaces install us, or makes sure of the one whose token we have; goes on trying where Slack cannot be reached
   * now. Errors: `ConfigError` for what only a person can mend.
   */
  start(): Promise<void>;
  /** What the envelope holds; any other event is let be. */
  onEvent(event: unknown, workspace: string): Promise<void>;
  /** Slack says that a workspace has uninstalled us. */
  lost(workspace: string): Promise<void>;
}

/** `app_uninstalled` and `tokens_revoked` (docs.slack.dev/reference/events, 2026-11-23). */
const goneSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('app_uninstalled') }),
  z.object({
    type: z.literal('tokens_revoked'),
    /** By kind; those of the bot are what we live by. */
    tokens: z.object({ bot: z.array(z.string()).min(1) }),
  }),
]);

/** Answers of `auth.test` that only a person can mend. */
const REFUSALS: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'token_expired',
  'token_revoked',
]);

export function createMembership(dependencies: MembershipDependencies): Membership {
  const { installing, oauth, installations, route, greet, host, log } = dependencies;
  const { workspaces } = host;
  /** What each installation that is being made is to us. */
  const joining = new Map<string, 'new' | 'back' | 'known'>();

  async function welcome(workspace: string, member: string | undefined): Promise<void> {
    const outcome = joining.get(workspace);
    joining.delete(workspace);
    if (outcome !== 'new' || member === undefined) return;
    try {
      await greet(workspace, member);
      await workspaces.greeted(whereOf(workspace));
    } catch (error) {
      log.warn('Whoever installed the bot could not be greeted', { workspace, error });
    }
  }

  async function lost(workspace: string): Promise<void> {
    await workspaces.left(whereOf(workspace));
    await installations.remove(whereOf(workspace));
    if (installing.kind === 'many') installing.many.forget(workspace);
    log.info('A workspace has uninstalled the bot; its tokens are erased', { workspace });
  }

  /** An event may be told minutes later, when it was installed again: then the new token is taken. */
  async function isGone(workspace: string): Promise<boolean> {
    if (installing.kind === 'one') return (await installing.one.workspace()) === workspace;
    installing.many.forget(workspace);
    return !(await installing.many.isTaken(workspace));
  }

  function letInstall(config: Omit<OauthConfig, 'onJoin' | 'onInstalled'>): void {
    const pages = createOauth({
      ...config,
      async onJoin({ team: { id } }) {
        joining.set(id, await workspaces.joined(whereOf(id)));
      },
      onInstalled({ team, user }: SlackInstallation) {
        if (installing.kind === 'many') installing.many.forget(team.id);
        void welcome(team.id, user.id);
      },
    });
    route(INSTALL_PATH, pages.install);
    route(REDIRECT_PATH, pages.redirect);
  }

  return {
    async start() {
      if (oauth) letInstall(oauth);
      if (installing.kind === 'one') await makeSure(installing.one, dependencies);
    },
    async onEvent(event, workspace) {
      if (goneSchema.safeParse(event).success && (await isGone(workspace))) await lost(workspace);
    },
    lost,
  };
}

/** The one workspace of a token has us, and no other. */
async function makeSure(
  one: Extract<Installing, { kind: 'one' }>['one'],
  { host, clock, log, signal, random = Math.random }: MembershipDependencies,
): Promise<void> {
  const present = async () => {
    await host.workspaces.present('slack', [await one.workspace(signal)]);
  };
  try {
    await present();
  } catch (error) {
    const problem = problemOf(error);
    if (problem) throw new ConfigError([problem]);
    log.warn('Slack cannot be reached and is tried again', { error });
    void goOn();
  }

  async function goOn(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      await clock.sleep(growingPauseMs(failures, random), signal).catch(() => {});
      try {
        if (!signal.aborted) await present();
        return;
      } catch (error) {
        const problem = problemOf(error);
        if (problem) await host.report('slack', `${problem.variable}: ${problem.problem}`);
        log.debug('Slack cannot be reached yet', { error });
      }
    }
  }
}

function whereOf(workspace: string) {
  return { platform: 'slack', workspace } as const;
}

function problemOf(error: unknown): ConfigProblem | undefined {
  const code = codeOf(error) ?? '';
  if (!REFUSALS.has(code)) return undefined;
  const problem = `Slack does not take it (${code}). Copy the Bot User OAuth Token of OAuth & Permissions, which begins with xoxb-; install the app there first.`;
  return { variable: 'SLACK_BOT_TOKEN', problem };
}
