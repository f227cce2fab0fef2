// A process of its own that sends one message to a loopback platform, for tests in which it dies meanwhile:
//
//   node loopback-child.ts URL KIND DELIVERY-ID
import { systemClock } from '../../src/clock.ts';
import { createLoopbackAdapter } from './loopback-adapter.ts';
import { PLATFORM_KINDS } from './memory-adapter.ts';

const [url = '', given, id = ''] = process.argv.slice(2);
const kind = PLATFORM_KINDS.find((one) => one === given) ?? 'history';
const adapter = createLoopbackAdapter({ url, clock: systemClock, kind });
const [payload = null] = adapter.render({ kind: 'text', title: id, paragraphs: [] });
const destination = { platform: 'web', workspace: 'workspace', channel: 'channel' } as const;
process.stdout.write(`${await adapter.send({ id, destination, payload })}\n`);
