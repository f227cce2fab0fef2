import { addFeed, papersOn, posted, textOfAnswer } from '../end-to-end/slack-world.ts';
import type { Answer, Channel, FakeSlack, Message, Person } from '../fakes/slack/index.ts';
import { type Act, pick, wordFrom } from './people.ts';
import { emojiAct, furnish } from './room.ts';

/** A place with an edition and a panel, and who is there. */
interface Room {
  fake: FakeSlack;
  channel: Channel;
  /** An admin. */
  ada: Person;
  bo: Person;
  edition: Message;
  panel: Message;
  /** Of the edition. */
  papers: readonly string[];
}

const EMOJI = ['robot_face', 'clapper', 'abacus'] as const;

/** What people do on Slack, once an edition and a panel are there. */
export async function actsOnSlack(fake: FakeSlack, random: () => number): Promise<Act[]> {
  const room = await openRoom(fake);
  return [...reading(room, random), ...keeping(room, random), ...elsewhere(room, random), ...managing(room)];
}

async function openRoom(fake: FakeSlack): Promise<Room> {
  const channel = fake.addChannel({ name: 'papers' });
  const ada = fake.addPerson({ name: 'Ada', role: 'admin', tz: 'UTC' });
  const bo = fake.addPerson({ name: 'Bo', tz: 'UTC' });
  const slash = (line: string) => textOfAnswer(ada.slash(channel, `/paper ${line}`));
  const { edition, panel } = await furnish({
    addFeed: (time) => addFeed({ ada, channel }, { time }),
    runFeed: (id) => slash(`feed run ${id}`),
    postPanel: () => slash('topics panel'),
    posted: () => posted(fake, channel),
  });
  return { fake, channel, ada, bo, edition, panel, papers: papersOn(edition) };
}

/** True once it was acknowledged in time and something is shown. */
async function isAnswered(asked: Promise<Answer>): Promise<boolean> {
  const answer = await asked;
  if (answer.ackedAfterMs === undefined) return false;
  await answer.whenShown();
  return true;
}

function reading({ channel, bo, edition, papers }: Room, random: () => number): Act[] {
  const say = (line: string, more: () => string = () => ''): Act => [
    line,
    () => isAnswered(bo.slash(channel, `/paper ${line} ${more()}`.trim())),
  ];
  return [
    say('today', () => 'limit:5'),
    say('week', () => 'limit:3'),
    say('search', () => wordFrom(random)),
    say('show', () => pick(papers, random)),
    say('similar', () => pick(papers, random)),
    say('topics list'),
    say('status'),
    say('help'),
    ['details', () => isAnswered(bo.choose(edition, 'Details of …', pick(papers, random)))],
  ];
}

function keeping({ channel, bo, papers, panel }: Room, random: () => number): Act[] {
  const say = (line: string) => isAnswered(bo.slash(channel, `/paper ${line}`));
  const isOn = (name: string) => panel.reactions.get(name)?.users.has(bo.id) === true;
  return [
    ['save', () => say(`save ${pick(papers, random)}`)],
    ['saved', () => say('saved')],
    ['rate', () => say(`rate ${pick(papers, random)}`)],
    ['follow', () => say('follow robotics')],
    ['unfollow', () => say('unfollow robotics')],
    ['following', () => say('following')],
    emojiAct(bo, panel, { some: EMOJI, isOn, random }),
  ];
}

/** The windows and the home of the app, and links that are written. */
function elsewhere({ fake, bo, papers, channel }: Room, random: () => number): Act[] {
  return [
    [
      'the home',
      async () => {
        bo.openHome();
        await fake.until(() => bo.home !== undefined);
        return true;
      },
    ],
    [
      'a search window',
      async () => {
        const answer = await bo.globalShortcut('search_papers');
        if (answer.ackedAfterMs === undefined) return false;
        const view = await answer.whenView();
        await bo.close(view, { all: true });
        return true;
      },
    ],
    ['a link', async () => bo.say(channel, `https://arxiv.org/abs/${pick(papers, random)}`) !== undefined],
  ];
}

/** A feed that comes, is looked at and goes, in a channel of its own. */
function managing({ fake, channel, ada }: Room): Act[] {
  let made = 0;
  return [
    ['feed list', () => isAnswered(ada.slash(channel, '/paper feed list'))],
    [
      'a feed comes and goes',
      async () => {
        const own = fake.addChannel({ name: `new-${++made}` });
        const id = await addFeed({ ada, channel: own }, { time: '22:30' });
        await isAnswered(ada.slash(own, `/paper feed preview ${id}`));
        return await isAnswered(ada.slash(own, `/paper feed remove ${id}`));
      },
    ],
  ];
}
