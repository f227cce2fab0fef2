// Runs before each file of tests, in the same process as the files before it: what they import is loaded once, and a
// hook at the top of a helper would be set for the first of them only (`architecture.test.ts` forbids it).
// discord.js comes first: it shares a global with cheerio's main entry, whose undici is another, and logs in nowhere once
// that was loaded before it. The bot itself loads `cheerio/slim`.
import 'discord.js';
import { afterAll } from 'vitest';
import { endFile } from './closing.ts';

afterAll(endFile);
