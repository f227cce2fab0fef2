// Prints what the bot carries on this machine: all parts, or those named (`npm run bench:scale -- deliveries`). A
// benchmark, not a test: it fails nothing. Where it is measured, nothing else should run.
import { cpus } from 'node:os';
import { benchDay } from './day.ts';
import { benchDeliveries } from './deliveries.ts';
import { benchFeeds } from './feeds.ts';
import { readOptions, USAGE } from './options.ts';

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(`${options}\n${USAGE}`);
    return 2;
  }
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
  if (options.parts.has('deliveries')) await benchDeliveries(options);
  if (options.parts.has('feeds')) await benchFeeds(options);
  if (options.parts.has('day')) await benchDay(options);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
