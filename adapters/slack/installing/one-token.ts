import { DeliveryRefusedError } from '../../../src/errors.ts';
import { isTokenGone } from '../posting/failures.ts';
import { createIdentifying, type IdentifyingConfig } from './identity.ts';
import { createAskStanding, type Standing } from './standing.ts';
import type { Token, Tokens } from './tokens.ts';

/** The token of the one workspace that this bot is made for. */
export interface OneToken extends Tokens {
  /** The workspace. Errors: as those of `of`. */
  workspace(signal?: AbortSignal): Promise<string>;
  /** How the token stands with Slack. Errors: those of `AskStanding`. */
  standing(): Promise<Standing>;
}

export function createOneToken(config: IdentifyingConfig): OneToken {
  const askStanding = createAskStanding(config);
  const { identify, rest } = createIdentifying(config);

  async function of(workspace: string, channel: string, signal?: AbortSignal): Promise<Token> {
    const found = await identify(channel, signal);
    if (found.workspace === workspace) return found;
    const sentence = 'SLACK_BOT_TOKEN belongs to another workspace than this one.';
    throw new DeliveryRefusedError(sentence, { platform: 'slack', channel, reason: 'gone' });
  }

  return {
    workspace: async (signal) => (await identify('', signal)).workspace,
    of,
    me: async (workspace) => (await of(workspace, '')).me,
    async failed(_workspace, _token, error) {
      if (isTokenGone(error)) rest(error);
    },
    standing: () => askStanding('', config.botToken),
  };
}
