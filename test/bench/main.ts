// Prints what things cost on this machine: all of them, or those named (`npm run bench -- search`). A benchmark, not a
// test: it fails nothing.
import { cpus } from 'node:os';
import { benchDiscord } from './discord.ts';
import { benchDue } from './due.ts';
import { benchEdition } from './edition.ts';
import { benchMail } from './mail.ts';
import { benchParse } from './parse.ts';
import { benchSearch } from './search.ts';
import { benchSlack } from './slack.ts';
import { benchStart } from './start.ts';
import { benchWeb } from './web.ts';
import { benchYear } from './year.ts';

const BENCHES: Record<string, () => Promise<void>> = {
  parse: benchParse,
  edition: benchEdition,
  due: benchDue,
  start: benchStart,
  year: () => benchYear(),
  search: benchSearch,
  discord: () => benchDiscord(),
  slack: () => benchSlack(),
  mail: () => benchMail(),
  web: () => benchWeb(),
};

async function main(named: readonly string[]): Promise<number> {
  const unknown = named.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". There are: ${Object.keys(BENCHES).join(', ')}.`);
    return 2;
  }
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (named.length === 0 || named.includes(name)) await bench();
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
