import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, type Scope, type ScopeOption } from '../installing/scopes.ts';

const PAGE = 'OAuth & Permissions on https://api.slack.com/apps';

/**
 * Compares what a token may with what is needed, and with what is wanted beyond it. `again`: how the workspace installs
 * the app again.
 */
export function ofScopes(
  granted: readonly string[],
  wanted: readonly ScopeOption[],
  again: string,
): Finding[] {
  if (granted.length === 0)
    return [
      warning('Slack does not tell which scopes the token has.', 'Look whether a proxy stands before it.'),
    ];
  const lacks = ({ name }: Scope) => !granted.includes(name);
  const missing = NEEDED_SCOPES.filter(lacks);
  const options = wanted.flatMap((option): readonly Scope[] => OPTIONAL_SCOPES[option]);
  const mend = (name: string) => `Add ${name} under ${PAGE}. ${again}`;
  return [
    ...(missing.length === 0
      ? [fine(`The token has the ${NEEDED_SCOPES.length} scopes that are needed.`)]
      : []),
    ...missing.map((scope) => wrong(lackOf(scope), mend(scope.name))),
    ...options.filter(lacks).map((scope) => warning(lackOf(scope), mend(scope.name))),
    ...ofSurplus(granted),
  ];
}

function lackOf({ name, why }: Scope): string {
  return `The token lacks the scope ${name}: ${why}.`;
}

/** What nothing of ours asks for makes people wonder, and a stolen token worth more. */
function ofSurplus(granted: readonly string[]): Finding[] {
  const known = [...NEEDED_SCOPES, ...Object.values(OPTIONAL_SCOPES).flat()].map(({ name }) => name);
  const surplus = granted.filter((name) => !known.includes(name));
  if (surplus.length === 0) return [];
  const sentence = `The token may more than this bot needs: ${surplus.join(', ')}.`;
  return [warning(sentence, `Remove what no other part of the app needs under ${PAGE}.`)];
}
