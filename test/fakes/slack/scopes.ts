/** What the app may do where it is installed from the start: what its manifest asks for, optional ones too. */
export const USUAL_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'reactions:read',
  'reactions:write',
  'im:write',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:join',
];
