// A Discord of one's own on the loopback interface, to see the bot in without an account:
//
//   node scripts/run.mjs test/fakes/discord/main.ts [--port N]
//
// prints the variables that `paperwire start` needs and a line of JSON for each message. Ada, who manages the one server,
// does what is typed:
//
//   slash paper feed add time=09:00 channel=#papers     type paper search query=diff     in #forum     in dm
//   press Save     choose Details of … = First option     react 🤖     say Hello     show
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Answer, type Channel, type Message, messageText, startDiscord } from './index.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8789' } } });
const fake = await startDiscord({ port: Number(values.port) });
const ada = fake.addPerson({ name: 'Ada' });
const guild = fake.addGuild({ name: 'Lab', owner: ada });
const papers = fake.addChannel(guild, { name: 'papers' });
const forum = fake.addChannel(guild, { name: 'forum', kind: 'forum' });
const channels = new Map([papers, forum].map((channel) => [`#${channel.name}`, channel]));

let here: Channel = papers;
let last: Message | undefined;

const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

fake.onMessage((message, what) => {
  if (what !== 'removed' && message.type !== 21) last = message;
  const { id, channel, onlyFor, author } = message;
  print({
    what,
    id,
    in: channel.name || 'dm',
    by: author.name,
    isPrivate: onlyFor !== undefined,
    text: messageText(message),
  });
});

/** `paper today limit=5 code-only=true` as the command's line and its options. */
function read(text: string): { line: string; options: Record<string, string | number | boolean | Channel> } {
  const [line = '', ...rest] = text.split(/ (?=[\w-]+=)/);
  const options = rest.map((part) => {
    const [name = '', value = ''] = part.split(/=(.*)/s);
    return [name, typed(value)] as const;
  });
  return { line, options: Object.fromEntries(options) };
}

function typed(value: string): string | number | boolean | Channel {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^\d+$/.test(value)) return Number(value);
  if (/^".*"$/.test(value)) return value.slice(1, -1);
  return channels.get(value) ?? value;
}

function pressed(): Message {
  if (!last) throw new Error('There is no message yet.');
  return last;
}

/** What was typed, done; an answer shows itself, choices are printed. */
async function act(verb: string, rest: string): Promise<Answer | undefined> {
  switch (verb) {
    case 'slash': {
      const { line, options } = read(rest);
      return await ada.slash(here, line, options);
    }
    case 'type': {
      const { line, options } = read(rest);
      return await ada.autocomplete(here, line, Object.keys(options).at(-1) ?? '', options);
    }
    case 'press':
      return await ada.press(pressed(), rest);
    case 'choose': {
      const [select = '', option = ''] = rest.split(' = ');
      return await ada.choose(pressed(), select, option.split(', '));
    }
    case 'use':
      return await ada.useOn(pressed(), rest);
    default:
      actAtOnce(verb, rest);
      return undefined;
  }
}

function actAtOnce(verb: string, rest: string): void {
  switch (verb) {
    case 'react':
      ada.react(pressed(), rest);
      break;
    case 'say':
      ada.say(here, rest);
      break;
    case 'in':
      here = rest === 'dm' ? ada.dm() : (channels.get(rest) ?? here);
      break;
    case 'show':
      for (const message of fake.messages(here)) print({ id: message.id, text: messageText(message) });
      print({ requests: fake.requests.length, problems: fake.problems, ownProblems: fake.ownProblems });
      break;
    default:
      print({ error: 'slash, type, press, choose, use, react, say, in, show' });
  }
}

process.stdout.write(`DISCORD_TOKEN=${fake.token}\nDISCORD_API_URL=${fake.url}\n`);
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => void fake.stop().then(() => process.exit()));
for await (const text of createInterface({ input: process.stdin })) {
  const [, verb = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(text.trim()) ?? [];
  if (verb === '') continue;
  try {
    const answer = await act(verb, rest);
    if (answer)
      print({ answered: answer.type ?? 'nothing in time', afterMs: answer.afterMs, choices: answer.choices });
  } catch (error) {
    print({ error: String(error) });
  }
}
await fake.stop();
