import { addFeed, firstOf, papersOn, posted, textOfAnswer } from '../end-to-end/discord-world.ts';
import type { Answer, Channel, FakeDiscord, Message, Person } from '../fakes/discord/index.ts';
import { type Act, pick, wordFrom } from './people.ts';
import { emojiAct, furnish } from './room.ts';

/** A place with an edition and a panel, and who is there. */
interface Room {
  fake: FakeDiscord;
  channel: Channel;
  /** A manager. */
  ada: Person;
  bo: Person;
  edition: Message;
  panel: Message;
  /** Of the edition. */
  papers: readonly string[];
}

const EMOJI = ['🤖', '🎬', '👁️', '🧮'] as const;
/** The types of a first response that stand for an answer to come, and for choices (`InteractionResponseType`). */
const CHOICES = 8;

/** What people do on Discord, once an edition and a panel are there. */
export async function actsOnDiscord(fake: FakeDiscord, random: () => number): Promise<Act[]> {
  const room = await openRoom(fake);
  return [...reading(room, random), ...keeping(room, random), ...emoji(room, random), ...managing(room)];
}

async function openRoom(fake: FakeDiscord): Promise<Room> {
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const [ada, bo] = [fake.addPerson({ name: 'Ada' }), fake.addPerson({ name: 'Bo' })];
  fake.join(guild, ada, { permissions: ['ManageGuild'] });
  fake.join(guild, bo);
  const slash = (line: string, options = {}) => textOfAnswer(ada.slash(channel, `paper ${line}`, options));
  const { edition, panel } = await furnish({
    addFeed: (time) => addFeed({ ada, channel }, { time }),
    runFeed: (id) => slash('feed run', { id }),
    postPanel: () => slash('topics panel'),
    posted: () => posted(fake, channel),
  });
  return { fake, channel, ada, bo, edition, panel, papers: papersOn(edition) };
}

/** True once a message that answers stands there. */
async function isAnswered(asked: Promise<Answer>): Promise<boolean> {
  const answer = await asked;
  if (answer.type === undefined) return false;
  if (answer.type === CHOICES) return true;
  return (await answer.whenMessages(1)).length > 0;
}

function reading({ channel, bo, edition, papers }: Room, random: () => number): Act[] {
  const say = (line: string, options: () => Record<string, string | number> = () => ({})): Act => [
    line,
    () => isAnswered(bo.slash(channel, `paper ${line}`, options())),
  ];
  const query = () => ({ query: wordFrom(random) });
  const paper = () => ({ paper: pick(papers, random) });
  return [
    say('today', () => ({ limit: 5 })),
    say('week', () => ({ limit: 3 })),
    say('trending', () => ({ limit: 3 })),
    say('search', query),
    say('show', paper),
    say('similar', paper),
    say('topics list'),
    say('status'),
    say('help'),
    ['typing a search', () => isAnswered(bo.autocomplete(channel, 'paper search', 'query', query()))],
    ['details', () => isAnswered(bo.choose(edition, 'Details of …', [pick(papers, random)]))],
  ];
}

function keeping({ channel, bo, papers }: Room, random: () => number): Act[] {
  const paper = () => ({ paper: pick(papers, random) });
  const slash = (line: string, options: Record<string, string> = {}) =>
    isAnswered(bo.slash(channel, `paper ${line}`, options));
  return [
    ['save', () => slash('save', paper())],
    ['saved', () => slash('saved')],
    ['rate', () => slash('rate', paper())],
    ['follow', () => slash('follow', { what: 'robotics' })],
    ['unfollow', () => slash('unfollow', { what: 'robotics' })],
    ['following', () => slash('following')],
  ];
}

/** What is chosen by an emoji is not answered; it is asked about, or taken back. */
function emoji({ bo, panel, fake }: Room, random: () => number): Act[] {
  const isOn = (name: string) =>
    [...panel.reactions.values()].some((one) => one.name === name && one.users.has(bo.id));
  return [
    emojiAct(bo, panel, { some: EMOJI, isOn, random }),
    ['a word', async () => bo.say(panel.channel, `Seen by ${fake.bot.name}?`) !== undefined],
  ];
}

/** A feed that comes, is looked at and goes, in a channel of its own. */
function managing({ fake, channel, ada }: Room): Act[] {
  const { guild } = channel;
  let made = 0;
  return [
    ['feed list', () => isAnswered(ada.slash(channel, 'paper feed list'))],
    [
      'a feed comes and goes',
      async () => {
        if (!guild) return false;
        const own = fake.addChannel(guild, { name: `new-${++made}` });
        const id = await addFeed({ ada, channel: own }, { time: '22:30' });
        await firstOf(ada.slash(own, 'paper feed preview', { id }));
        return await isAnswered(ada.slash(own, 'paper feed remove', { id }));
      },
    ],
  ];
}
