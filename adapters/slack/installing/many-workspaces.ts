import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Host } from '../../../src/adapter.ts';
import type { Log } from '../../../src/log.ts';
import { type AgainConfig, surely } from './again.ts';
import { renewAhead } from './ahead.ts';
import { createGreeting } from './greeting.ts';
import type { Keeping } from './keeping.ts';
import { createLetGo } from './letting-go.ts';
import { createLettingIn } from './letting-in.ts';
import type { ManyTokens, OnGone } from './many-tokens.ts';
import { createOauth, INSTALL_PATH, type OauthConfig, REDIRECT_PATH } from './oauth.ts';
import { readableOf, wrongKey } from './readable.ts';
import { createSweep } from './sweep.ts';

export interface ManyWorkspacesDependencies extends AgainConfig {
  many: ManyTokens;
  keeping: Keeping;
  /** Absent where nobody can come to us: then nobody installs us anew. */
  oauth: Omit<OauthConfig, 'onInstall' | 'onInstalled'> | undefined;
  /** Has requests whose path begins so answered. */
  route: (prefix: string, listener: (request: IncomingMessage, response: ServerResponse) => void) => void;
  /** Greets whoever installed us. Rejects where that is to be tried again. */
  greet: (workspace: string, member: string) => Promise<void>;
  /** Is told what only the operator can mend. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  host: Host;
  log: Log;
}

/** Workspaces that install us by OAuth: since when each has us, and until when. */
export interface ManyWorkspaces {
  /** Lets workspaces install us, and looks which of them have us still. Never rejects. */
  start(): Promise<void>;
  /** A workspace says that it let us go: believed once Slack takes its token no more. Never rejects. */
  told(workspace: string): Promise<void>;
  /** Slack takes a token no more. Never rejects. */
  gone: OnGone;
}

export function createManyWorkspaces(dependencies: ManyWorkspacesDependencies): ManyWorkspaces {
  const { many, oauth, route, onTrouble, host, log } = dependencies;
  const given = { ...dependencies, workspaces: host.workspaces };
  const greet = createGreeting({ ...given, tokens: many });
  const letGo = createLetGo(given);
  const { install, rejoin } = createLettingIn(given);
  const sweep = createSweep({ ...given, letGo, rejoin, greet });

  function letInstall(config: Omit<OauthConfig, 'onInstall' | 'onInstalled'>): void {
    const onInstalled: OauthConfig['onInstalled'] = ({ team }) => void greet(team.id);
    const pages = createOauth({ ...config, onInstall: install, onInstalled });
    route(INSTALL_PATH, pages.install);
    route(REDIRECT_PATH, pages.redirect);
  }

  async function look(): Promise<void> {
    const known = await host.workspaces.known('slack');
    const { others, unreadable, wrongKeyOf } = await readableOf(known, dependencies.keeping);
    for (const { one, error } of unreadable)
      log.error('What a workspace gave us cannot be read', { workspace: one.workspace, error });
    const { sentence, mend } = wrongKey(wrongKeyOf, oauth?.publicUrl);
    onTrouble(wrongKeyOf > 0 ? `${sentence} ${mend}` : undefined);
    void sweep(others);
  }

  async function believe(workspace: string): Promise<void> {
    const found = await many.standing(workspace, { isRenewed: true });
    if (found?.standing !== 'works') await letGo(workspace, found?.token, 'revoked');
  }

  return {
    async start() {
      if (oauth) letInstall(oauth);
      await surely(look, { what: 'Which workspaces have the bot is looked at later' }, dependencies);
      void renewAhead({ ...given, signal: dependencies.signal });
    },
    async told(workspace) {
      const what = 'Whether a workspace has let the bot go is looked at later';
      await surely(() => believe(workspace), { what, workspace }, dependencies);
    },
    async gone(workspace, token, how) {
      const what = 'A workspace has let the bot go, which could not be kept yet';
      await surely(() => letGo(workspace, token, how), { what, workspace }, dependencies);
    },
  };
}
