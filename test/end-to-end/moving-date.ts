// Sets the date of a process by as many milliseconds as a file says: `node --import "moving-date.ts?file=/path"`. With each
// SIGUSR2 it reads the file anew and says so on standard error. Time runs on as ever. The store's server cannot be moved
// along, so that no clock is compared with it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const RIGHT_CLOCK = new URL('../../src/scheduler/right-clock.ts', import.meta.url).href;
const ANY_CLOCK = new URL('any-clock.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context);
    return found.url === RIGHT_CLOCK ? { ...found, url: ANY_CLOCK } : found;
  },
});

const file = new URL(import.meta.url).searchParams.get('file') ?? '';
const machine = globalThis.Date;
const read = () => Number(readFileSync(file, 'utf8'));
let byMs = read();
const now = () => machine.now() + byMs;

process.on('SIGUSR2', () => {
  byMs = read();
  process.stderr.write(`moved by ${byMs}\n`);
});

globalThis.Date = new Proxy(machine, {
  construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [now()], made),
  apply: () => new globalThis.Date().toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
