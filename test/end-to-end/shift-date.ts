// Sets the date of a process by so many milliseconds: `node --import "shift-date.ts?byMs=-60000"`. Time runs on as ever.
const byMs = Number(new URL(import.meta.url).searchParams.get('byMs'));
const machine = globalThis.Date;
const now = () => machine.now() + byMs;

globalThis.Date = new Proxy(machine, {
  construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [now()], made),
  apply: () => new globalThis.Date().toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
