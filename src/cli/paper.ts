import { parseInvocation } from '../../adapters/terminal/parse.ts';
import { commands } from '../../commands/index.ts';
import type { Run } from '../main.ts';
import { OPERATOR, printJson, TERMINAL, withSession } from './session.ts';

/** `paperwire paper …`: any `/paper` command as a manager of the workspace `terminal`. Exit 1 when it says no. */
export const run: Run = async (args) => {
  const isJson = args.includes('--json');
  const words = args.filter((word) => word !== '--json');
  const wantsHelp = words.length === 0 || words.includes('--help') || words.includes('-h');
  const { command, options } = wantsHelp ? helpAbout(words) : parseInvocation(words, commands);
  return await withSession(
    async ({ bot, clock, signal, show, wait }) => {
      const member = { id: OPERATOR, isManager: true };
      const invocation = { command, options, place: TERMINAL, member, at: clock.now(), signal };
      const reply = await wait(`Doing ${command}`, bot.host.run(invocation));
      if (isJson) printJson(reply.data ?? { cards: reply.cards });
      else await show(reply.cards);
      return reply.isDone ? 0 : 1;
    },
    { quietLog: true },
  );
};

function helpAbout(words: readonly string[]): { command: string; options: Record<string, string> } {
  const about = words.filter((word) => !word.startsWith('-')).join(' ');
  return { command: 'help', options: about === '' ? {} : { command: about } };
}
