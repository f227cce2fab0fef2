import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { codeOf } from '../posting/failures.ts';

export interface SetbacksConfig {
  log: Log;
  /** Is told what a person must mend, and undefined once we are let in. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
}

/** Why Slack could not be reached, told once for as long as it lasts. */
export interface Setbacks {
  /** Errors: `ConfigError` for what only a person can mend, while the bot starts. */
  tell(error: unknown): void;
  /** We are let in. */
  over(): void;
  /** `open` is over, well or not: from now on nobody waits for what is refused. */
  opened(): void;
}

/** Answers of `apps.connections.open` that only a person can mend (docs.slack.dev/reference/methods, 2026-11-23). */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['invalid_auth', 'Slack does not take it'],
  ['not_authed', 'Slack does not take it'],
  ['account_inactive', 'its app or its workspace is gone'],
  ['token_revoked', 'it was revoked'],
  ['token_expired', 'it has expired'],
  ['not_allowed_token_type', 'it is no app-level token'],
  ['missing_scope', 'it lacks the scope connections:write'],
  ['forbidden_team', 'Slack does not let this workspace in'],
  ['user_removed_from_team', 'whoever made it is not in the workspace any more'],
]);

export function createSetbacks({ log, onTrouble }: SetbacksConfig): Setbacks {
  let isStarting = true;
  let isTold = false;
  return {
    tell(error) {
      const problem = problemOf(error);
      if (problem && isStarting) throw new ConfigError([problem]);
      if (problem) onTrouble(`${problem.variable}: ${problem.problem}`);
      if (!isTold) log.warn('Slack cannot be reached and is tried again', { error });
      isTold = true;
    },
    over() {
      isTold = false;
      onTrouble(undefined);
    },
    opened() {
      isStarting = false;
    },
  };
}

function problemOf(error: unknown): ConfigProblem | undefined {
  const reason = REFUSALS.get(codeOf(error) ?? '');
  if (reason === undefined) return undefined;
  const problem = `${reason}. Make one under Basic Information, App-Level Tokens, with the scope connections:write.`;
  return { variable: 'SLACK_APP_TOKEN', problem };
}
