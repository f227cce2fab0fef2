#!/usr/bin/env node
// The command line. Commands load when they are called, so that `--version` and `--help` answer at once.
import { ConfigError, PaperwireError, UsageError } from './errors.ts';

/** What a command gets: its arguments, without its own name. Out: the exit code. */
export type Run = (args: string[]) => Promise<number>;

const COMMANDS: Record<string, { summary: string; load: () => Promise<{ run: Run }> }> = {
  init: { summary: 'Set a bot up by answering questions', load: () => import('./cli/init.ts') },
  start: { summary: 'Run the bot; without tokens, in a browser', load: () => import('./cli/start.ts') },
  fetch: { summary: 'Read a listing from the source', load: () => import('./cli/fetch.ts') },
  post: { summary: 'Post the edition of one feed now', load: () => import('./cli/post.ts') },
  paper: {
    summary: 'Read, search, follow and set feeds from this terminal',
    load: () => import('./cli/paper.ts'),
  },
  status: { summary: 'Show how every feed stands', load: () => import('./cli/status.ts') },
  delivery: {
    summary: 'List messages that are not out; send again or dismiss them',
    load: () => import('./cli/delivery.ts'),
  },
  mailbox: {
    summary: 'Show what is held against an e-mail address; open it again',
    load: () => import('./cli/mailbox.ts'),
  },
  backfill: {
    summary: 'Fill the archive with the lists of past days',
    load: () => import('./cli/backfill.ts'),
  },
  topics: { summary: 'Tell the topics of papers on standard input', load: () => import('./cli/topics.ts') },
  invite: {
    summary: 'Print the link that lets the bot into a Discord server',
    load: () => import('./cli/invite.ts'),
  },
  manifest: {
    summary: 'Print the app to make at Slack, and why it asks for what it asks for',
    load: () => import('./cli/manifest.ts'),
  },
  doctor: {
    summary: 'Look at the whole installation, or at one platform, and say what to mend',
    load: () => import('./cli/doctor.ts'),
  },
  export: { summary: 'Write the whole store as JSON lines', load: () => import('./cli/export.ts') },
  import: { summary: 'Fill an empty store from an export', load: () => import('./cli/import.ts') },
};

const USAGE = `Paperwire brings each day's trending AI papers to the chat where your team already talks.

Usage: paperwire <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

  --version   Show the version
  --help      Show this, or with a command what it takes

Exit codes: 0 done, 1 failed, 2 wrong usage, 78 wrong configuration (see .env.example).
`;

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    const { VERSION } = await import('./version.ts');
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (!command) {
    const problem = name === undefined ? 'Which command?' : `There is no command "${name}".`;
    throw new UsageError(`${problem} There are: ${Object.keys(COMMANDS).join(', ')}. See paperwire --help.`);
  }
  return await (await command.load()).run(rest);
}

/** The exit code that an error stands for, after telling it in words. */
async function tell(error: unknown): Promise<number> {
  if (error instanceof ConfigError) {
    const lines = error.problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
    process.stderr.write(`The configuration is wrong:\n${lines.join('\n')}\nSee .env.example.\n`);
    return 78;
  }
  // A reader that has seen enough (`paperwire fetch | head`) closes the pipe: no reason to complain.
  if (codeOf(error) === 'EPIPE') return 0;
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const { withoutSecrets } = await import('./cli/crash.ts');
  process.stderr.write(`${withoutSecrets(wordsOf(error))}\n`);
  return 1;
}

function wordsOf(error: unknown): string {
  if (error instanceof PaperwireError) return error.message;
  // What the system refuses (a full disk) is told by its name; a stack is for faults of our own.
  const isSystem = error instanceof Error && typeof codeOf(error) === 'string' && 'syscall' in error;
  return isSystem || !(error instanceof Error) ? String(error) : String(error.stack);
}

/** The system's name for what went wrong, also where one of our errors wraps it. */
function codeOf(error: unknown): unknown {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return cause?.code ?? code;
}

// Every write reports its own failure; without a listener Node would end the process in the middle of a delivery.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// What nobody caught: Node by itself would show all that hangs on the error, a password in an address too.
process.on('uncaughtException', (error) => {
  void tell(error)
    .catch(() => 1)
    .then((code) => process.exit(code || 1));
});

process.exitCode = await main(process.argv.slice(2)).catch(tell);
