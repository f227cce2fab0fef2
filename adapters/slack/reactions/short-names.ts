import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { emojiKey } from '../../../src/domain/emoji.ts';

interface ShortNames {
  /** By short name, aliases among them: the emoji. */
  emoji: ReadonlyMap<string, string>;
  /** By `emojiKey`: the short name that Slack itself uses. */
  names: ReadonlyMap<string, string>;
}

const dataSchema = z.array(
  z.object({
    /** Code points in hexadecimal, joined by hyphens. */
    unified: z.string(),
    /** The one that Slack uses first. */
    short_names: z.array(z.string()),
  }),
);

let known: ShortNames | undefined;

/**
 * What Slack calls an emoji, as a topic names it: `robot_face` is 🤖. One that the team has made stays `:llamadance:`. The
 * skin tone of `wave::skin-tone-3` means nothing and goes.
 */
export function emojiOf(shortName: string): string {
  const [name = ''] = shortName.replaceAll(/^:|:$/g, '').split('::');
  return shortNames().emoji.get(name) ?? `:${name}:`;
}

/** What Slack calls an emoji; undefined for what is none of Slack's. */
export function shortNameOf(emoji: string): string | undefined {
  const [, own] = /^:([^\s:]+)(?:::skin-tone-\d)?:$/.exec(emoji) ?? [];
  return own ?? shortNames().names.get(emojiKey(emoji));
}

/** Read at the first need: a bot without Slack never does. */
function shortNames(): ShortNames {
  known ??= readShortNames();
  return known;
}

/** The data from which Slack takes its names: github.com/iamcal/emoji-data, "short_names". */
function readShortNames(): ShortNames {
  // Not by `require`, which would keep all of it: names and pictures' places are 20 times what is needed.
  const path = createRequire(import.meta.url).resolve('emoji-datasource');
  const emoji = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { unified, short_names: all } of dataSchema.parse(JSON.parse(readFileSync(path, 'utf8')))) {
    const one = String.fromCodePoint(...unified.split('-').map((point) => Number.parseInt(point, 16)));
    for (const name of all) emoji.set(name, one);
    const key = emojiKey(one);
    // A skin tone by itself is no emoji to react with.
    if (key !== '' && all[0] !== undefined) names.set(key, all[0]);
  }
  return { emoji, names };
}
