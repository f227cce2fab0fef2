// A Slack of one's own on the loopback interface, to see the bot in without an account:
//
//   node scripts/run.mjs test/fakes/slack/main.ts [--port N] [--http URL]
//
// prints the variables that `paperwire start` needs and a line of JSON for each message. With --http it sends signed
// requests there instead of Socket Mode. Ada, an admin of the one workspace, does what is typed:
//
//   /paper today     say Hello     press Save     choose Details of … = First option     react robot_face
//   home     modal     fill Time = 09:00     submit     close     find     search     in dm     in #papers     show
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import {
  type Answer,
  type Channel,
  type Message,
  messageText,
  startSlack,
  type View,
  viewText,
} from './index.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8790' }, http: { type: 'string' } },
});
const fake = await startSlack({ port: Number(values.port) });
if (values.http !== undefined) fake.http(values.http);
const papers = fake.addChannel({ name: 'papers' });
const ada = fake.addPerson({ name: 'Ada', role: 'admin' });

let here: Channel = papers;
let last: Message | View | undefined;

const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

fake.onMessage((message, what) => {
  if (what !== 'removed') last = message;
  const { ts, channel, onlyFor, author, threadTs } = message;
  print({
    what,
    ts,
    in: channel.name || 'dm',
    ...(threadTs === undefined ? {} : { under: threadTs }),
    by: author.name,
    isPrivate: onlyFor !== undefined,
    text: messageText(message),
  });
});

function used(): Message | View {
  const where = ada.modal ?? last;
  if (!where) throw new Error('There is no message yet.');
  return where;
}

function pressed(): Message {
  if (!last || !('ts' in last)) throw new Error('There is no message yet.');
  return last;
}

function modal(): View {
  if (!ada.modal) throw new Error('There is no modal.');
  return ada.modal;
}

/** What was typed, done; messages show themselves, views are printed. */
async function act(verb: string, rest: string): Promise<Answer | undefined> {
  if (verb.startsWith('/')) return await ada.slash(here, `${verb} ${rest}`.trim());
  switch (verb) {
    case 'press':
      return await ada.press(used(), rest);
    case 'choose': {
      const [select = '', options = ''] = rest.split(' = ');
      const several = options.split(', ');
      return await ada.choose(used(), select, several.length > 1 ? several : options);
    }
    case 'submit':
      return await ada.submit(modal());
    case 'find':
      return await ada.messageShortcut('find_papers', pressed());
    case 'search':
      return await ada.globalShortcut('search_papers');
    default:
      await actAtOnce(verb, rest);
      return undefined;
  }
}

async function actAtOnce(verb: string, rest: string): Promise<void> {
  switch (verb) {
    case 'react':
      return ada.react(pressed(), rest);
    case 'say':
      return void ada.say(here, rest);
    case 'in':
      here = rest === 'dm' ? ada.dm() : papers;
      return;
    case 'home':
      ada.openHome();
      await fake.settled();
      last = ada.home;
      return print({ home: viewText(ada.home) });
    case 'fill': {
      const [field = '', value = ''] = rest.split(' = ');
      return ada.fill(modal(), { [field]: value });
    }
    case 'close':
      return await ada.close(modal());
    case 'modal':
      return print({ modal: viewText(ada.modal) });
    case 'show':
      for (const message of fake.messages(here)) print({ ts: message.ts, text: messageText(message) });
      return print({
        requests: fake.requests.length,
        problems: fake.problems,
        ownProblems: fake.ownProblems,
      });
    default:
      print({
        error:
          '/paper …, say, press, choose, react, home, modal, fill, submit, close, find, search, in, show',
      });
  }
}

process.stdout.write(
  [
    `SLACK_BOT_TOKEN=${fake.botToken}`,
    values.http === undefined
      ? `SLACK_APP_TOKEN=${fake.appToken}`
      : `SLACK_SIGNING_SECRET=${fake.signingSecret}`,
    `SLACK_API_URL=${fake.apiUrl}`,
    '',
  ].join('\n'),
);
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => void fake.stop().then(() => process.exit()));
for await (const text of createInterface({ input: process.stdin })) {
  const [, verb = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(text.trim()) ?? [];
  if (verb === '') continue;
  try {
    const answer = await act(verb, rest);
    if (answer) print({ acknowledgedAfterMs: answer.ackedAfterMs ?? 'not in time', errors: answer.errors });
  } catch (error) {
    print({ error: String(error) });
  }
}
await fake.stop();
