import type { Person } from './person.ts';
import type { Installation, Team, User } from './state.ts';

/** Workspaces, their people, and what they gave the app. */
export interface Teams {
  /** The workspace that is there from the start. */
  readonly team: Team;
  readonly teams: readonly Team[];
  /** Another workspace, with a general channel; the app is not installed in it. */
  addTeam(fields: { name: string; id?: string }): Team;
  /** Default: a member of the first workspace, in its general channel, `Europe/Berlin`, `en-US`. */
  addPerson(fields: {
    name: string;
    team?: Team;
    role?: User['role'];
    tz?: string;
    locale?: string;
    isBot?: boolean;
  }): Person;
  addUsergroup(fields: { handle: string; name: string; team?: Team }): { id: string; handle: string };
  /** Installs the app without a browser; a token that was there is replaced. Default scopes: those of `SlackOptions`. */
  grant(
    team: Team,
    fields?: { scopes?: readonly string[]; by?: Person; rotates?: boolean; token?: string },
  ): Installation;
  /** Takes scopes away or gives them without another token. */
  setScopes(team: Team, scopes: readonly string[]): void;
  /** Removes the app: tells `tokens_revoked` and `app_uninstalled`; then every token answers `token_revoked`. */
  uninstall(team: Team): void;
  /** Revokes the token alone: tells `tokens_revoked`. */
  revoke(team: Team): void;
  /** Every token answers `account_inactive`; nothing is told. */
  deactivate(team: Team): void;
  reactivate(team: Team): void;
  /** Tokens that rotate are over at once: `token_expired`. */
  expire(team: Team): void;
  leave(person: Person): void;
}
