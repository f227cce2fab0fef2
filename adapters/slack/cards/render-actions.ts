import type { types } from '@slack/bolt';
import type { CardAction } from '../../../src/domain/card.ts';
import { fitted } from './budget.ts';
import { inert } from './inert.ts';
import { buttonOf } from './parts.ts';

/** More in one message could not be taken in. */
const MAX_BUTTONS = 10;
/** A search as long as it may be, and its options. */
const TYPED_ROOM = 350;
const MAX_TYPED = 3;

/** What a card's actions become. */
export interface ShownActions {
  buttons: types.Button[];
  /** In words, where no button can carry it: lines that are inert. */
  typed: string[];
}

/** Buttons for what may be done, each once, and the command in words for what has no room in one. */
export function showActions(actions: readonly CardAction[]): ShownActions {
  const buttons = new Map<string, types.Button>();
  const typed: CardAction[] = [];
  for (const action of actions) {
    const button = buttonOf(action, buttons.size);
    const press = button?.value;
    if (press === undefined || (buttons.size === MAX_BUTTONS && !buttons.has(press))) typed.push(action);
    else if (button && !buttons.has(press)) buttons.set(press, button);
  }
  return {
    buttons: [...buttons.values()],
    typed: typed.slice(0, MAX_TYPED).map((action) => fitted(typedText(action), TYPED_ROOM, inert)),
  };
}

function typedText({ label, command, options }: CardAction): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  return `${label}: ${['/paper', command, ...given].join(' ')}`;
}
