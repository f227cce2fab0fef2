import { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { explainClosing, explainLogin } from '../../../../adapters/discord/gateway/closing.ts';

describe('why Discord does not let us in', () => {
  it.each([
    [4004, 'DISCORD_TOKEN', 'Reset Token'],
    [4010, 'DISCORD_SHARDS', 'Leave it out'],
    [4011, 'DISCORD_SHARDS', 'Leave it out'],
    [4012, 'DISCORD_API_URL', 'Update Paperwire'],
    [4013, 'DISCORD_API_URL', 'Update Paperwire'],
    [4014, 'DISCORD_TOKEN', 'Privileged Gateway Intents'],
  ])('%i names the variable and what to do', (code, variable, mend) => {
    expect(explainClosing(code)).toMatchObject({ variable, problem: expect.stringContaining(mend) });
  });

  it.each([1000, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])('%i passes by itself', (code) => {
    expect(explainClosing(code)).toBeUndefined();
  });

  it('is the token where discord.js says so, else what the gateway closed with', async () => {
    const refused = await new Client({ intents: [] }).login('').catch((error: unknown) => error);
    expect(explainLogin(refused, undefined)?.variable).toBe('DISCORD_TOKEN');
    expect(explainLogin(new Error('Sharding is required'), 4011)?.variable).toBe('DISCORD_SHARDS');
    expect(explainLogin(new Error('connect ECONNREFUSED'), undefined)).toBeUndefined();
  });
});
