import { ConfigError, StoreError } from '../errors.ts';
import { UNSEALING } from '../installations.ts';
import { installationsOf } from './platforms.ts';
import type { Session } from './session.ts';

/** So many workspaces are looked at: a key that opens the tokens of none of them is not the one that the others have. */
const MOST_TRIED = 20;

const ANOTHER_KEY =
  'it opens none of the tokens that are kept in the store: give every process the same one, the one of before; where that is lost, each workspace must install the app again.';

/** Before a process works beside others. Errors: `ConfigError` where they seal tokens by another key. */
export async function checkSharedKey({ config, bot, clock }: Session): Promise<void> {
  if (config.slack?.tokens.kind !== 'many') return;
  const installations = installationsOf(config, bot.store, clock);
  const workspaces = (await bot.store.presence.present('slack')).slice(0, MOST_TRIED);
  let sealed = 0;
  for (const workspace of workspaces) {
    try {
      if (await installations.get({ platform: 'slack', workspace })) return;
    } catch (error) {
      if (!(error instanceof StoreError) || error.operation !== UNSEALING) throw error;
      sealed += 1;
    }
  }
  if (sealed > 0) throw new ConfigError([{ variable: 'SECRET_KEY', problem: ANOTHER_KEY }]);
}
