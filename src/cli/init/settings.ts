import { type Config, readConfig } from '../../config.ts';
import type { Environment } from '../../environment.ts';
import { ConfigError, type ConfigProblem } from '../../errors.ts';
import { type Changes, readEnvText } from './env-text.ts';

/** What a bot that is started here is set up with. */
export interface Settings {
  /** Variables of this terminal; they count before those of `.env`. */
  terminal: Environment;
  /** Variables of `.env`. */
  file: Environment;
}

/** What may be asked for, and so need not be right before; `_FILE` left out. */
const ASKED = [
  'DISCORD_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
  'PUBLIC_URL',
  'WEB_PASSWORD',
];
const SECRET = /TOKEN|SECRET|PASSWORD|SMTP_URL/;

/** Errors: `ConfigError` with what is wrong and nobody will be asked for. `text`: that of `.env`. */
export function readSettings(terminal: Environment, text = ''): Settings {
  const settings = { terminal, file: readEnvText(text) };
  const others = problemsOf(settings, {}).filter(({ variable }) => !ASKED.includes(bare(variable)));
  if (others.length > 0) throw new ConfigError(others);
  return settings;
}

/** The configuration after changes. Errors: `ConfigError`. */
export function configOf({ terminal, file }: Settings, changes: Changes = {}): Config {
  return readConfig({ ...file, ...changes, ...terminal });
}

/** The same for a trial: as if nothing were kept, so that no file is made. Errors: `ConfigError`. */
export function trialConfigOf(settings: Settings, changes: Changes): Config {
  const { keyPath, queueUrl, ...config } = configOf(settings, changes);
  return { ...config, storeUrl: 'memory:', indexPath: ':memory:' };
}

/** The least that questions need, whatever is set up wrongly. */
export function questionsConfig({ terminal, file }: Settings): Config {
  const { LOG_LEVEL } = { ...file, ...terminal };
  return { ...readConfig({ LOG_LEVEL, STORE_URL: 'memory:' }), terminal };
}

/** The configuration as it is; undefined where something is wrong with it. */
export function presentConfig(settings: Settings): Config | undefined {
  return problemsOf(settings, {}).length === 0 ? configOf(settings) : undefined;
}

/** What is wrong with a variable after changes, as a sentence; undefined where nothing is. */
export function problemWith(variable: string, settings: Settings, changes: Changes): string | undefined {
  const found = problemsOf(settings, changes).find((one) => bare(one.variable) === variable);
  return found && asSentence(found.problem);
}

/** Errors: `ConfigError` where the terminal sets a variable, against which `.env` does not count. */
export function checkSettable(variable: string, { terminal }: Settings): void {
  const set = [variable, `${variable}_FILE`].find((name) => terminal[name]?.trim());
  if (set === undefined) return;
  const problem =
    'it is set in the environment of this terminal, which counts before .env: take it out there (unset), and begin again.';
  throw new ConfigError([{ variable: set, problem }]);
}

/** Sets a variable; one that names a file with it goes, as both cannot stand. */
export function setting(variable: string, value: string, { file }: Settings): Changes {
  const fileVariable = `${variable}_FILE`;
  return { [variable]: value, ...(file[fileVariable]?.trim() ? { [fileVariable]: '' } : {}) };
}

/** What changes, a line each, without showing a secret. */
export function changesText(changes: Changes, { file }: Settings): string[] {
  return Object.entries(changes)
    .filter(([name, value]) => (file[name] ?? '') !== value)
    .map(([name, value]) => {
      if (value === '') return `${name} goes; its line stays as a comment`;
      const shown = SECRET.test(name) ? '(what you gave)' : value;
      return `${name}=${shown}${file[name] ? '; the line of before stays as a comment' : ''}`;
    });
}

function problemsOf(settings: Settings, changes: Changes): readonly ConfigProblem[] {
  try {
    configOf(settings, changes);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** Of several variables that are wrong each is told with its name; of the one that is asked for, the rest is enough. */
function asSentence(problem: string): string {
  return `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}`;
}

function bare(variable: string): string {
  return variable.replace(/_FILE$/, '');
}
