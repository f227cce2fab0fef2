import { status } from '../../commands/status.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import { OPERATOR, printJson, TERMINAL, withSession } from './session.ts';

const SPEC = {
  usage: 'paperwire status [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'One JSON document instead of text' },
} as const;

/** `paperwire status`: how every feed of every workspace stands, and records that were set aside. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  return await withSession(
    async ({ bot, clock, show }) => {
      const feeds = { ...bot.feeds, list: () => bot.feeds.all() };
      const member = { id: OPERATOR, isManager: true };
      const invocation = { command: 'status', options: {}, place: TERMINAL, member, at: clock.now() };
      const reply = await status.run(invocation, { ...bot.services, feeds });
      const damaged = await bot.store.damaged();
      if (values.json) {
        await printJson({ feeds: reply.data, damaged });
        return 0;
      }
      await show(reply.cards);
      for (const { key, reason } of damaged)
        process.stderr.write(`Set aside as damaged: ${key} (${reason})\n`);
      return 0;
    },
    { quietLog: true },
  );
};
