// Prints what things cost on this machine. A benchmark, not a test: it fails nothing.
import { cpus } from 'node:os';
import { benchDue } from './due.ts';
import { benchEdition } from './edition.ts';
import { benchParse } from './parse.ts';
import { benchStart } from './start.ts';
import { benchYear } from './year.ts';

console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
await benchParse();
await benchEdition();
await benchDue();
await benchStart();
await benchYear();
