import { parseInvocation } from '../../adapters/terminal/parse.ts';
import { commands } from '../../commands/index.ts';
import { MINUTE_MS } from '../domain/calendar.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { cardsInShell, elsewhereText, missingText, refusalInShell } from './paper-words.ts';
import { OPERATOR, printJson, TERMINAL, withSession, write } from './session.ts';

const EXIT_CODES = { done: 0, failed: 1, refused: 2 } as const;

/** `paperwire paper …`: any `/paper` command as a manager of the workspace `terminal`. What is refused is wrong usage. */
export const run: Run = async (args) => {
  const isJson = args.includes('--json');
  const words = args.filter((word) => word !== '--json');
  const wantsHelp = words.length === 0 || words.includes('--help') || words.includes('-h');
  const given = wantsHelp ? helpAbout(words) : parseInvocation(words, commands);
  const missing = missingText(given);
  if (missing !== undefined) throw new UsageError(missing);
  return await withSession(
    async ({ bot, clock, signal, show, wait }) => {
      const member = { id: OPERATOR, isManager: true };
      const invocation = { ...given, place: TERMINAL, member, at: clock.now(), signal };
      const reply = await wait(`Doing ${given.command}`, bot.host.run(invocation));
      if (reply.outcome !== 'done') process.stderr.write(`${refusalInShell(given, reply)}\n`);
      else if (reply.file && !isJson) await write(reply.file.content);
      else if (isJson) await printJson(reply.data ?? reply.file ?? { cards: reply.cards });
      else await show(cardsInShell(given, reply.cards));
      // Last: whatever becomes of this question, the answer is out.
      const elsewhere = reply.outcome === 'failed' ? undefined : await elsewhereText(given, bot);
      if (elsewhere !== undefined) process.stderr.write(`${elsewhere}\n`);
      return EXIT_CODES[reply.outcome];
    },
    { quietLog: true, indexPatienceMs: 10 * MINUTE_MS },
  );
};

/** Help about the command that the words begin with, about their family, or about all. */
function helpAbout(words: readonly string[]): { command: string; options: Record<string, string> } {
  const said = words.filter((word) => !word.startsWith('-')).join(' ');
  if (said === '') return { command: 'help', options: {} };
  const names = commands.map(({ name }) => name).filter((name) => `${said} `.startsWith(`${name} `));
  const about = names.sort((one, other) => other.length - one.length)[0];
  return { command: 'help', options: { command: about ?? said } };
}
