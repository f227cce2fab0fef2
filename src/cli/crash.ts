import { readConfig } from '../config.ts';
import { createScrubber } from '../log.ts';

/** A text for whoever runs the bot, without the secrets that it was given and without what looks like one. */
export function withoutSecrets(text: string): string {
  return createScrubber(givenSecrets())(text);
}

/** None where the configuration is wrong: then nothing was done with them. */
function givenSecrets(): readonly string[] {
  try {
    return readConfig().secrets;
  } catch {
    return [];
  }
}
