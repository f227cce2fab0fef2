import { PermissionFlagsBits as Bits, OverwriteType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  INVITED,
  missing,
  type Overwrite,
  PERMISSIONS,
  permissionsOf,
  type Standing,
} from '../../../../adapters/discord/posting/permissions.ts';

const SERVER = '100';
const ME = '7';
const OWN_ROLE = '200';

/** Everyone may see and write; the bot has a role of its own. */
function standing(overwrites: Overwrite[], more: Partial<{ owner: string; own: bigint }> = {}): Standing {
  const everyone = { id: SERVER, permissions: Bits.ViewChannel | Bits.SendMessages, mentionable: false };
  const role = { id: OWN_ROLE, permissions: more.own ?? Bits.ReadMessageHistory, mentionable: false };
  return {
    server: { id: SERVER, ownerId: more.owner ?? '1', roles: [everyone, role] },
    member: { id: ME, roles: [OWN_ROLE] },
    overwrites,
  };
}

function overwrite(id: string, change: { allow?: bigint; deny?: bigint }): Overwrite {
  const type = id === ME ? OverwriteType.Member : OverwriteType.Role;
  return { id, type, allow: change.allow ?? 0n, deny: change.deny ?? 0n };
}

const can = (given: Standing, bit: bigint) => (permissionsOf(given) & bit) !== 0n;

describe('what the bot may do in a channel', () => {
  it('adds up what its roles may', () => {
    const given = standing([]);
    expect(missing(permissionsOf(given), ['ViewChannel', 'SendMessages', 'ReadMessageHistory'])).toEqual([]);
    expect(missing(permissionsOf(given), ['AddReactions', 'ViewChannel'])).toEqual(['AddReactions']);
  });

  it('a role’s overwrite counts more than everyone’s, and the member’s most, in whatever order they stand', () => {
    const everyone = overwrite(SERVER, { deny: Bits.SendMessages });
    const role = overwrite(OWN_ROLE, { allow: Bits.SendMessages });
    const member = overwrite(ME, { deny: Bits.SendMessages });
    expect(can(standing([everyone]), Bits.SendMessages)).toBe(false);
    expect(can(standing([role, everyone]), Bits.SendMessages)).toBe(true);
    expect(can(standing([member, role, everyone]), Bits.SendMessages)).toBe(false);
  });

  it('an overwrite for somebody else changes nothing', () => {
    const other = overwrite('999', { deny: Bits.SendMessages });
    expect(can(standing([other]), Bits.SendMessages)).toBe(true);
  });

  it('who cannot see a channel can do nothing in it', () => {
    expect(permissionsOf(standing([overwrite(SERVER, { deny: Bits.ViewChannel })]))).toBe(0n);
  });

  it('owners and administrators may do everything, whatever a channel says', () => {
    const denied = [overwrite(SERVER, { deny: Bits.ViewChannel })];
    expect(can(standing(denied, { owner: ME }), Bits.SendMessages)).toBe(true);
    expect(can(standing(denied, { own: Bits.Administrator }), Bits.SendMessages)).toBe(true);
  });
});

describe('an invitation', () => {
  it('asks for what is used and nothing else', () => {
    const asked = Object.entries(Bits).filter(([, bit]) => (INVITED & bit) !== 0n);
    expect(asked.map(([name]) => name).sort()).toEqual([...PERMISSIONS].sort());
    expect(INVITED & (Bits.Administrator | Bits.ManageMessages | Bits.MentionEveryone)).toBe(0n);
  });
});
