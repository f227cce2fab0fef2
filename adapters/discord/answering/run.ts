import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Command, Reply } from '../../../src/command.ts';
import type { Asked } from './asked.ts';
import { type Caller, DIRECT, mayManage } from './caller.ts';

export interface RunDependencies {
  host: Host;
  /** What a member may do in a server as a whole; undefined when they are not in it. */
  rightsOf: (server: string, member: string) => Promise<bigint | undefined>;
  clock: Clock;
}

/** Has the host do what is asked for. `signal` ends it. */
export type Run = (asked: Asked, caller: Caller, signal: AbortSignal) => Promise<Reply>;

export function createRun({ host, rightsOf, clock }: RunDependencies): Run {
  /**
   * Who presses in a direct message acts where the message came from. It says nothing of their rights there, which are
   * asked where they matter: what is theirs alone stays theirs when they have left, all else is for who is in it.
   */
  async function callerAt(
    home: string,
    command: Command | undefined,
    { place, member }: Caller,
  ): Promise<Pick<Caller, 'place' | 'member'>> {
    const there = { ...place, workspace: home };
    if (command?.audience !== 'manager' && !command?.isOfWorkspace) return { place: there, member };
    const rights = await rightsOf(home, member.id);
    if (rights === undefined) return { place, member };
    return { place: there, member: { ...member, isManager: mayManage(rights) } };
  }

  return async (asked, caller, signal) => {
    const { command, options, home } = asked;
    const given = { command, options, ...caller, at: clock.now(), signal };
    const isHere = home === undefined || home === DIRECT;
    const { place, member } = isHere ? caller : await callerAt(home, commandOf(asked, host.commands), caller);
    const isHomeless = place.workspace === DIRECT ? { isHomeless: true as const } : {};
    return await host.run({ ...given, place, member, ...isHomeless });
  };
}

/** Undefined for one that is not in the list. */
export function commandOf(
  { command }: Pick<Asked, 'command'>,
  commands: readonly Command[],
): Command | undefined {
  return commands.find(({ name }) => name === command);
}
