import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

it('can be started by hand, tells of messages and does what is typed', async () => {
  const child = spawn(process.execPath, [MAIN, '--port', '0'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  const told = async () => JSON.parse(await line()) as Record<string, unknown>;
  const token = (await line()).replace('SLACK_BOT_TOKEN=', '');
  expect(await line()).toBe('SLACK_APP_TOKEN=xapp-1-loopback');
  const slackApiUrl = (await line()).replace('SLACK_API_URL=', '');
  child.stdin.write('say Hello\n');
  expect(await told()).toMatchObject({ in: 'papers', text: 'Hello', by: 'Ada' });
  const { team } = await new WebClient(token, { slackApiUrl }).auth.test();
  expect(team).toBe('Lab');
  child.stdin.write('react robot_face\npress Save\n/paper today\nshow\n');
  expect(await told()).toEqual({ error: expect.stringContaining('No button “Save”') });
  expect(await told()).toEqual({ acknowledgedAfterMs: 'not in time', errors: {} });
  expect(await told()).toMatchObject({ text: 'Hello' });
  expect(await told()).toEqual({ requests: 1, problems: [], ownProblems: [] });
  child.stdin.end();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
