import { createGateway } from '../../../../adapters/discord/gateway/gateway.ts';
import { systemClock } from '../../../../src/clock.ts';
import { silentLog } from '../../../../src/log.ts';

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
await gateway.start({
  commands: [],
  complete: async () => [],
  run: async () => ({ visibility: 'private', cards: [], outcome: 'done' }),
  reactions: {
    emoji: async () => [],
    mayChange: async () => false,
    react: async () => {},
    watch: async () => {},
    unwatch: async () => {},
    watched: async () => ({ panels: [], editions: [] }),
    reconcile: async () => {},
  },
  workspaces: {
    joined: async () => 'known',
    left: async () => {},
    present: async () => [],
    greeted: async () => {},
  },
  report: async () => {},
});
process.stdout.write('started\n');
process.stdin.once('data', async () => {
  await gateway.stop();
  process.stdin.destroy();
});
