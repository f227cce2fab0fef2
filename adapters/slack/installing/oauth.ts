import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CallbackOptions, InstallProvider } from '@slack/oauth';
import type { Log } from '../../../src/log.ts';
import { loggerTo } from '../posting/call.ts';
import { installationSchema, type SlackInstallation } from './installation.ts';
import { page } from './page.ts';
import type { Scope } from './scopes.ts';

export interface OauthConfig {
  clientId: string;
  clientSecret: string;
  /** Signs what a browser brings back from Slack. */
  stateSecret: string;
  /** Where people reach this bot, without a slash at the end: Slack sends them back here. */
  publicUrl: string;
  apiUrl: string;
  scopes: readonly Scope[];
  /** A workspace lets us in: what it gave us is to be kept. */
  onInstall: (installation: SlackInstallation) => Promise<void>;
  /** It has us. Must not throw. */
  onInstalled: (installation: SlackInstallation) => void;
  log: Log;
}

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** Answers a browser on its way through an installation. */
export interface Oauth {
  install(request: IncomingMessage, response: ServerResponse): void;
  redirect(request: IncomingMessage, response: ServerResponse): void;
}

/** Lets workspaces install us (docs.slack.dev/authentication/installing-with-oauth, 2026-11-23). */
export function createOauth(config: OauthConfig): Oauth {
  const { clientId, clientSecret, stateSecret, publicUrl, apiUrl, scopes, onInstall, log } = config;
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    stateSecret,
    // Whoever comes here has pressed "Add to Slack" already: the page is Slack's.
    directInstall: true,
    authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
    logger: loggerTo(log),
    installUrlOptions: {
      scopes: scopes.map(({ name }) => name),
      redirectUri: `${publicUrl}${REDIRECT_PATH}`,
    },
    installationStore: {
      storeInstallation: (given) => onInstall(installationSchema.parse(given)),
      fetchInstallation: () => Promise.reject(new Error('Tokens are read by a way of their own.')),
    },
  });
  const callback = callbackOptions(config);
  const attempt = (work: Promise<void>, response: ServerResponse) =>
    void work.catch((error: unknown) => {
      log.error('An installation could not be answered', { error });
      if (!response.headersSent) page(response, 500, 'Something went wrong', 'Please try again.');
    });
  return {
    install: (request, response) => attempt(provider.handleInstallPath(request, response), response),
    redirect: (request, response) => attempt(provider.handleCallback(request, response, callback), response),
  };
}

function callbackOptions({ onInstalled, log }: OauthConfig): CallbackOptions {
  return {
    async afterInstallation(given, _options, _request, response) {
      if (installationSchema.safeParse(given).success && !given.isEnterpriseInstall) return true;
      const words = 'Paperwire is installed in one workspace at a time. Choose one, and install it there.';
      page(response, 400, 'Not for a whole organisation', words);
      return false;
    },
    async successAsync(given, _options, _request, response) {
      const installation = installationSchema.parse(given);
      onInstalled(installation);
      const words = 'Go to Slack and type /paper help, or open Paperwire under Apps.';
      page(response, 200, 'Paperwire is installed', words);
    },
    async failureAsync(error, _options, _request, response) {
      log.warn('An installation was not finished', { error });
      const [title, words] = FAILURES[error.code] ?? [
        'Something went wrong',
        'Please try again in a minute.',
      ];
      page(response, error.code in FAILURES ? 400 : 500, title, words);
    },
  };
}

/** By the codes of `@slack/oauth`. */
const FAILURES: Readonly<Record<string, readonly [title: string, words: string]>> = {
  slack_oauth_installer_authorization_error: [
    'Nothing was installed',
    'You cancelled it, and nothing has changed. To install Paperwire, begin again.',
  ],
  slack_oauth_missing_code: ['Nothing was installed', 'Begin again with the link that brought you here.'],
  slack_oauth_missing_state: ['Nothing was installed', 'Begin again with the link that brought you here.'],
  slack_oauth_invalid_state: [
    'Nothing was installed',
    'This was begun in another browser, or more than ten minutes ago. Begin again.',
  ],
};
