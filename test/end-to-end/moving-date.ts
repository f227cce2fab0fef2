// Sets the date of a process by as many milliseconds as a file says: `node --import "moving-date.ts?file=/path"`. With each
// SIGUSR2 it reads the file anew and says so on standard error. Time runs on as ever.
import { readFileSync } from 'node:fs';

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
