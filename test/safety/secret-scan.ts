/** What was found where; the secret itself is never shown. */
export interface Finding {
  kind: string;
  /** Its first four characters. */
  beginning: string;
}

/** How secrets look, by their kind. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a token of a Discord bot': /(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g,
  'a webhook of Discord': /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{50,}/g,
  'a token of Slack': /(?<![\w-])xox[a-z]-[\w-]{16,}/g,
  'a token of an app of Slack': /xapp-\d-[A-Z\d]{6,}-\d{6,}-[\da-f]{20,}/g,
  'a webhook of Slack': /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,}/g,
  'a key of AWS': /(?<![A-Z\d])(?:AKIA|ASIA)[A-Z\d]{16}(?![A-Z\d])/g,
  'a token of GitHub': /(?<!\w)(?:gh[pousr]_\w{30,}|github_pat_\w{40,})/g,
  'a token of Hugging Face': /(?<!\w)(?:hf|api_org)_[A-Za-z\d]{30,}/g,
  'a token of npm': /(?<!\w)npm_[A-Za-z\d]{36}/g,
  'a key of Google': /AIza[\w-]{35}/g,
  'a private key': /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----[\s\\nr"',+]{1,20}[\w+/=]{40,}/g,
  'a JSON web token': /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g,
  'a password in an address': /(?<=[a-z]:\/\/[^\s:/@"'`<>]{0,60}:)[^\s@/"'`${}<>]{4,60}@[\w.-]+/g,
};

/** Hosts that nobody has: of one word, this machine, or reserved for examples (RFC 2606, read 2026-11-26). */
const NOBODYS_HOST =
  /^(?:[a-z]+|127(?:\.\d+){3}|(?:[\w-]+\.)*example(?:\.(?:com|net|org))?|[\w-]+\.(?:invalid|test))$/;

/** Secrets in a text. Tests put theirs together at run time, so that none stands in a file. */
export function secretsIn(text: string): Finding[] {
  return Object.entries(SECRETS).flatMap(([kind, look]) =>
    [...text.matchAll(look)]
      .filter(([found]) => kind !== 'a password in an address' || !isOfNobody(found))
      .map(([found]) => ({ kind, beginning: found.slice(0, 4) })),
  );
}

function isOfNobody(passwordAndHost: string): boolean {
  return NOBODYS_HOST.test(passwordAndHost.slice(passwordAndHost.lastIndexOf('@') + 1).replace(/\.$/, ''));
}
