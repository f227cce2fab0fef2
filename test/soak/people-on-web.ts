import { type Agent, get } from 'node:http';
import { TODAY } from '../end-to-end/running.ts';
import { type Act, wordFrom } from './people.ts';
import { LOGIN } from './samples.ts';

/** What readers of the archive and whoever runs the bot look at. */
export function actsOnWeb(url: string, agent: Agent, random: () => number): Act[] {
  const query = () => encodeURIComponent(wordFrom(random));
  const page = (name: string, pathOf: () => string): Act => [
    name,
    () => isServed(`${url}${pathOf()}`, agent),
  ];
  return [
    page('a day', () => `/days/${TODAY}`),
    page('a topic', () => '/topics/agents'),
    page('a search', () => `/search?q=${query()}`),
    page('an Atom document', () => '/feeds/daily.atom'),
    page('an RSS document', () => '/feeds/topic/agents.rss'),
    page('a JSON Feed', () => `/feeds/search.json?q=${query()}`),
    page('the status', () => '/status'),
    page('the health', () => '/healthz'),
    ['somebody who leaves', () => leave(`${url}/days/${TODAY}`)],
  ];
}

/** Whoever is asked to come again soon is answered too. Errors: another status, or a connection that breaks. */
function isServed(address: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = get(address, { agent, headers: LOGIN }, (answer) => {
      const { statusCode, headers } = answer;
      answer.resume().once('end', () => {
        const isLater = statusCode === 503 && headers['retry-after'] !== undefined;
        if (statusCode === 200 || isLater) resolve(true);
        else reject(new Error(`it has status ${statusCode}`));
      });
      answer.once('error', reject);
    });
    asked.once('error', (error: NodeJS.ErrnoException) => {
      // The server had ended a connection that was at rest, as the next request left: clients ask once more.
      const isOld = asked.reusedSocket && error.code === 'ECONNRESET';
      if (isOld) resolve(isServed(address, agent));
      else reject(error);
    });
  });
}

/** Breaks a connection of its own off as the first bytes come. */
function leave(address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = get(address, { agent: false }, (answer) => {
      // What is cut off here is our own doing.
      answer.once('error', () => undefined);
      asked.destroy();
      resolve(true);
    });
    asked.once('error', reject);
  });
}
