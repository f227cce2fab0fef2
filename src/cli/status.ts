import { text } from '../../commands/cards.ts';
import { status } from '../../commands/status.ts';
import type { FeedStatus } from '../abilities.ts';
import { utcText } from '../domain/title.ts';
import type { Run } from '../main.ts';
import { subscribersSentence } from '../view.ts';
import { readArguments } from './arguments.ts';
import type { StatusJson } from './json.ts';
import { OPERATOR, printJson, TERMINAL, withSession } from './session.ts';

const SPEC = {
  usage: 'paperwire status [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'One JSON document instead of text' },
} as const;

/** Alarms among which those are looked for that are not over. */
const NEWEST_ALARMS = 500;

/**
 * `paperwire status`: how every feed of every workspace stands, how many get editions by e-mail, what the operator must
 * mend, and records set aside.
 */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  return await withSession(
    async ({ bot, config, clock, show }) => {
      const feeds = { ...bot.feeds, list: () => bot.feeds.all() };
      const member = { id: OPERATOR, isManager: true };
      const invocation = { command: 'status', options: {}, place: TERMINAL, member, at: clock.now() };
      const reply = await status.run(invocation, { ...bot.services, feeds });
      const damaged = await bot.store.damaged();
      const newest = await bot.store.alarms.newest(NEWEST_ALARMS);
      const alarms = newest.filter(
        ({ feedId, clearedAt }) => feedId === undefined && clearedAt === undefined,
      );
      const { subscribers } = await bot.store.figures();
      if (values.json) {
        const told: StatusJson = { feeds: reply.data as FeedStatus[], subscribers, alarms, damaged };
        await printJson(told);
        return 0;
      }
      await show(reply.cards);
      const byMail = subscribersSentence(subscribers, { hasMail: config.email !== undefined });
      if (byMail !== undefined) await show([text('By e-mail', [byMail])]);
      const told = alarms.map(({ sentence, raisedAt }) => `Since ${utcText(raisedAt)}: ${sentence}`);
      if (told.length > 0) await show([text('The bot needs you', told)]);
      for (const { key, reason } of damaged)
        process.stderr.write(`Set aside as damaged: ${key} (${reason})\n`);
      return 0;
    },
    { quietLog: true },
  );
};
