/** What lets us ask of Slack in one workspace. */
export interface Token {
  token: string;
  /** Our own user id there. */
  me: string;
  /** Who installed us, where that is known. */
  installer?: string;
}

/** The tokens of the workspaces that have us. */
export interface Tokens {
  /**
   * One that can be used now. Errors: `DeliveryRefusedError` for a workspace that has not got us,
   * `DeliveryUnavailableError` where the token is worth nothing or cannot be had just now, `DeliveryThrottledError` where it
   * must be renewed and too many others are, `StoreError`, or the signal's reason. `channel`: what an error names.
   */
  of(workspace: string, channel: string, signal?: AbortSignal): Promise<Token>;
  /** Our own user id there, without waiting for a token that can be used: who asks is answered at once. Errors: those of `of`. */
  me(workspace: string): Promise<string>;
  /** A question that was asked with a token failed: what that says of the token is kept. Never rejects. */
  failed(workspace: string, token: string, error: unknown): Promise<void>;
}
