import type { OnPress } from '../answering/work.ts';
import { createGreet, type Greet, type GreetDependencies } from './greet.ts';
import { createSetupPress, type SetupPressDependencies } from './setup-press.ts';

export type FirstContactDependencies = GreetDependencies & SetupPressDependencies;

/** The one private message to whoever brings us to a server, and the presses on it. */
export interface FirstContact {
  greet: Greet;
  /** Undefined for a press that is not on such a message. */
  press: OnPress;
}

export function createFirstContact(dependencies: FirstContactDependencies): FirstContact {
  return { greet: createGreet(dependencies), press: createSetupPress(dependencies) };
}
