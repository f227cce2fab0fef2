import type { APIActionRowComponent, APIButtonComponent } from 'discord-api-types/v10';
import type { CardAction } from '../../../src/domain/card.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { buttonRows, pressButton, small } from './parts.ts';
import { writeLong, writePress } from './press.ts';

/** More in one message could not be taken in. */
const MAX_BUTTONS = 10;
/** A search as long as it may be, and its options. */
const TYPED_ROOM = 350;
const MAX_TYPED = 3;

/** What a card's actions become. */
export interface ShownActions {
  rows: APIActionRowComponent<APIButtonComponent>[];
  /** Pieces of a press that is too long for a button, for the values of the select in the same message. */
  pieces: string[];
  /** In words, where no button can carry it. */
  typed: (string | undefined)[];
}

/** A select that can carry pieces: how many options it has and how many characters are free in each value. */
export interface Carrier {
  options: number;
  room: number;
}

/** Buttons for what may be done, each once, and the command in words for what has no room in one. */
export function showActions(actions: readonly CardAction[], carrier?: Carrier): ShownActions {
  const long = actions.filter((action) => writePress(action) === undefined);
  const carried = carrier && writeLong(long, carrier.options, carrier.room);
  const buttons = new Map<string, APIButtonComponent>();
  const typed: CardAction[] = [];
  for (const action of actions) {
    const id = writePress(action) ?? carried?.customIds[long.indexOf(action)];
    if (id === undefined || (buttons.size === MAX_BUTTONS && !buttons.has(id))) typed.push(action);
    else if (!buttons.has(id)) buttons.set(id, pressButton(action.label, id));
  }
  return {
    rows: buttonRows([...buttons.values()]),
    pieces: carried?.pieces ?? [],
    typed: typed.slice(0, MAX_TYPED).map((action) => small(typedText(action), TYPED_ROOM)),
  };
}

/** A way on from a message that has none: every message needs a press, as its mark is found in one. */
export function helpRow({ action }: Texts): APIActionRowComponent<APIButtonComponent>[] {
  const id = writePress({ command: 'help', options: {} });
  return id === undefined ? [] : buttonRows([pressButton(action.help, id)]);
}

function typedText({ label, command, options }: CardAction): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  return `${label}: ${['/paper', command, ...given].join(' ')}`;
}
