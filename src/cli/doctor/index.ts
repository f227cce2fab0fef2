import type { Config } from '../../config.ts';
import { ConfigError, StoreError } from '../../errors.ts';
import { type Finding, wrong } from '../../finding.ts';
import { type Session, withSession } from '../session.ts';
import { ofSource, ofStore } from './installation.ts';
import { ofConfig, ofFiles, ofNode, ofProblems } from './machine.ts';
import { ofPort } from './port.ts';

type Look = (session: Session) => Promise<Finding[]>;

/**
 * Looks at all that a bot lives by, from the machine up to the chat platforms, of which `ofPlatforms` tells. What cannot be
 * looked at is a finding of its own. Undefined where the program is told to stop.
 */
export async function examineInstallation(ofPlatforms: Look): Promise<Finding[] | undefined> {
  const { config, findings } = ofConfig();
  const machine = [ofNode(process.versions.node), ...findings, ...ofFiles(config)];
  if (!config) return machine;
  const around: Look = async (session) => [
    ...(await ofSource(session.bot.source, session)),
    ...(await ofPort(session)),
    ...(await ofPlatforms(session)),
  ];
  const whole: Look = async (session) => [...(await ofStore(session)), ...(await around(session))];
  const found = await lookIn(config, whole, async (error) => {
    if (error instanceof ConfigError) return ofProblems(error);
    const closed = wrong(error.message, 'Until that is mended the bot does not start.');
    // As if nothing were kept: the rest can be looked at all the same.
    const { queueUrl, ...withoutStore } = { ...config, storeUrl: 'memory:', indexPath: ':memory:' };
    const rest = await lookIn(withoutStore, around, async (other) => [wrong(other.message, 'See above.')]);
    return rest && [closed, ...rest];
  });
  return found && [...machine, ...found];
}

/** What is found in a session; where none can be opened, what `otherwise` says. Undefined where the program is told to stop. */
async function lookIn(
  config: Config,
  look: Look,
  otherwise: (error: ConfigError | StoreError) => Promise<Finding[] | undefined>,
): Promise<Finding[] | undefined> {
  let isOpen = false;
  let found: Finding[] | undefined;
  const work = async (session: Session) => {
    isOpen = true;
    found = await look(session);
    return 0;
  };
  try {
    await withSession(work, { config, quietLog: true });
    return found;
  } catch (error) {
    if (isOpen || !(error instanceof ConfigError || error instanceof StoreError)) throw error;
    return await otherwise(error);
  }
}
