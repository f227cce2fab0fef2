import { ApplicationCommandOptionType as OptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../../adapters/discord/answering/asked.ts';
import { interactionSchema } from '../../../../adapters/discord/answering/incoming.ts';
import { commands } from '../../../../commands/index.ts';

const SERVER = '100000000000000001';

/** `/paper feed edit` with a role, as the gateway brings it. */
function withRole(role: string) {
  const interaction = interactionSchema.parse({
    type: 2,
    id: '1',
    application_id: '2',
    token: 'token',
    guild_id: SERVER,
    data: {
      type: 1,
      name: 'paper',
      options: [
        {
          name: 'feed',
          type: OptionType.SubcommandGroup,
          options: [
            {
              name: 'edit',
              type: OptionType.Subcommand,
              options: [
                { name: 'id', type: OptionType.String, value: 'k4t2m9' },
                { name: 'role', type: OptionType.Role, value: role },
              ],
            },
          ],
        },
      ],
    },
  });
  return askedBy(interaction as Parameters<typeof askedBy>[0], commands);
}

describe('what an interaction asks for', () => {
  it('reads a command out of the groups that it is nested in', () => {
    expect(withRole('100000000000000002')).toEqual({
      command: 'feed edit',
      options: { id: 'k4t2m9', role: '100000000000000002' },
      isPaging: false,
    });
  });

  it('never takes everyone for a role to be called: whoever chooses it wants none', () => {
    expect(withRole(SERVER)?.options).toEqual({ id: 'k4t2m9', role: 'none' });
  });
});
