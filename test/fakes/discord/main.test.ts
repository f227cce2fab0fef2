import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { REST, Routes } from 'discord.js';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

it('can be started by hand, tells of messages and does what is typed', async () => {
  const child = spawn(process.execPath, [MAIN, '--port', '0'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  const told = async () => JSON.parse(await line()) as Record<string, unknown>;
  expect(await line()).toBe('DISCORD_TOKEN=loopback-token');
  const url = (await line()).replace('DISCORD_API_URL=', '');
  child.stdin.write('say Hello\n');
  const { in: place, text } = await told();
  expect({ place, text }).toEqual({ place: 'papers', text: 'Hello' });
  const rest = new REST({ api: url }).setToken('loopback-token');
  const body = [{ name: 'paper', description: 'x', options: [{ type: 1, name: 'today', description: 'x' }] }];
  const { id } = (await rest.get(Routes.user())) as { id: string };
  await rest.put(Routes.applicationCommands(id), { body });
  child.stdin.write('react 🤖\npress Save\nslash paper yesterday\nshow\n');
  expect(await told()).toEqual({ error: expect.stringContaining('No button “Save”') });
  expect(await told()).toEqual({ error: expect.stringContaining('has no “yesterday”') });
  expect(await told()).toMatchObject({ text: 'Hello' });
  expect(await told()).toEqual({ requests: 2, problems: [], ownProblems: [] });
  child.stdin.end();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
