import { createGateway } from '../../../../adapters/discord/gateway/gateway.ts';
import { systemClock } from '../../../../src/clock.ts';
import { silentLog } from '../../../../src/log.ts';
import { DEAF_HOST } from '../../../fakes/deaf-host.ts';

/** Runs a gateway as a process: tells when it has started and stops on a word of the standard input. */
const [apiUrl = '', token = ''] = process.argv.slice(2);
const gateway = createGateway({
  token,
  apiUrl,
  watch() {},
  rightsOf: async () => undefined,
  hooks: {
    onReaction() {},
    onReactionsCleared() {},
    async onJoin() {},
    onPanel: async () => undefined,
    onPress: () => undefined,
    onReady() {},
  },
  clock: systemClock,
  log: silentLog,
});
await gateway.start(DEAF_HOST);
process.stdout.write('started\n');
process.stdin.once('data', async () => {
  await gateway.stop();
  process.stdin.destroy();
});
