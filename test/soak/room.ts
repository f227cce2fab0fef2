import { eventually } from '../end-to-end/running.ts';
import { type Act, pick } from './people.ts';

/** How a manager asks for things in a channel, and what the bot has posted there, oldest first. */
interface Asking<Message> {
  /** Adds a feed that is due at a time. Out: its id. */
  addFeed(time: string): Promise<string>;
  runFeed(id: string): Promise<unknown>;
  postPanel(): Promise<unknown>;
  posted(): readonly Message[];
}

/** Has an edition and a panel posted. */
export async function furnish<Message>({
  addFeed,
  runFeed,
  postPanel,
  posted,
}: Asking<Message>): Promise<{ edition: Message; panel: Message }> {
  // So far away that no second edition comes into the room.
  await runFeed(await addFeed('23:30'));
  await eventually(() => posted().length > 0, 'the edition is out');
  const [edition] = posted();
  await postPanel();
  await eventually(() => posted().length > 1, 'the panel is there');
  const panel = posted().at(-1);
  if (!edition || !panel) throw new Error('There is no edition, or no panel.');
  return { edition, panel };
}

/** Whoever may set an emoji on a message, and take it back. */
interface Reacting<Message> {
  react(message: Message, name: string): unknown;
  unreact(message: Message, name: string): unknown;
}

/** Sets one emoji of some, or takes it back where it stands. */
export function emojiAct<Message>(
  person: Reacting<Message>,
  message: Message,
  { some, isOn, random }: { some: readonly string[]; isOn: (name: string) => boolean; random: () => number },
): Act {
  return [
    'an emoji',
    async () => {
      const name = pick(some, random);
      if (isOn(name)) person.unreact(message, name);
      else person.react(message, name);
      return true;
    },
  ];
}
