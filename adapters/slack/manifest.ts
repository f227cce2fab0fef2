import { NEEDED_SCOPES, OPTIONAL_SCOPES, type ScopeOption } from './installing/scopes.ts';

/** How Slack tells us what happens; `url` without a slash at the end. */
export type ManifestWay = { mode: 'socket' } | { mode: 'http'; url: string };

/** Why a scope is asked for. */
export interface ScopeReason {
  scope: string;
  why: string;
  isOptional: boolean;
}

/** The app as Slack takes it, and the reason for each of its scopes. */
export function manifest(
  way: ManifestWay,
  options: Partial<Record<ScopeOption, boolean>> = {},
): { manifest: object; reasons: ScopeReason[] } {
  const chosen = (Object.keys(OPTIONAL_SCOPES) as ScopeOption[]).filter((option) => options[option]);
  const reasons = [
    ...NEEDED_SCOPES.map(({ name, why }) => ({ scope: name, why, isOptional: false })),
    ...chosen.flatMap((option) =>
      OPTIONAL_SCOPES[option].map(({ name, why }) => ({ scope: name, why, isOptional: true })),
    ),
  ];
  return {
    manifest: {
      _metadata: { major_version: 2 },
      display_information: { name: 'Paperwire' },
      oauth_config: { scopes: { bot: reasons.map(({ scope }) => scope) } },
      settings: { socket_mode_enabled: way.mode === 'socket' },
    },
    reasons,
  };
}
