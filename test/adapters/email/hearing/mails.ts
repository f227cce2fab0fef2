/** A mail of ours as a report returns it. */
export interface Returned {
  to?: string;
  /** The whole `List-Unsubscribe` header. */
  listUnsubscribe?: string;
}

function returned({ to = 'ada@example.org', listUnsubscribe }: Returned): string[] {
  return [
    'From: Paperwire <papers@papers.example.org>',
    `To: ${to}`,
    'Subject: Papers of Wednesday',
    'Message-ID: <0123456789abcdef@papers.example.org>',
    ...(listUnsubscribe === undefined ? [] : [`List-Unsubscribe: ${listUnsubscribe}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Action: failed',
    'Three papers of today.',
  ];
}

/** What a delivery status says of one recipient. */
export interface Recipient {
  original?: string;
  final?: string;
  action?: string;
  status?: string;
}

/** A delivery status as mail servers write it (RFC 3464). */
export function aBounce(
  recipients: readonly Recipient[],
  given: Returned & { headersOnly?: boolean; isGlobal?: boolean; end?: string } = {},
): string {
  const { headersOnly = false, isGlobal = false, end = '\r\n', ...mail } = given;
  const kind = isGlobal ? 'global-' : '';
  const groups = recipients.flatMap(({ original, final, action = 'failed', status = '5.1.1' }) => [
    '',
    ...(original === undefined ? [] : [`Original-Recipient: ${original}`]),
    ...(final === undefined ? [] : [`Final-Recipient: ${final}`]),
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 no such',
    '  mailbox here',
  ]);
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.org',
    'To: papers@papers.example.org',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${kind}delivery-status;`,
    '\tboundary="=_edge"',
    '',
    '--=_edge',
    'Content-Type: text/plain',
    '',
    'This mail could not be delivered to someone@else.example.',
    '',
    '--=_edge',
    `Content-Type: message/${kind}delivery-status`,
    '',
    'Reporting-MTA: dns; mx.example.org',
    'Arrival-Date: Wed, 25 Nov 2026 09:00:00 +0000',
    ...groups,
    '',
    '--=_edge',
    headersOnly
      ? 'Content-Type: text/rfc822-headers'
      : `Content-Type: message/${isGlobal ? 'global' : 'rfc822'}`,
    '',
    ...(headersOnly ? returned(mail).slice(0, -3) : returned(mail)),
    '',
    '--=_edge--',
    '',
  ].join(end);
}

/** A complaint as providers of mailboxes write it (RFC 5965). */
export function aComplaint(given: Returned & { type?: string; recipients?: readonly string[] } = {}): string {
  const { type = 'abuse', recipients = [], ...mail } = given;
  return [
    'From: <feedback@provider.example>',
    'Date: Wed, 25 Nov 2026 10:00:00 +0000',
    'Subject: FW: Papers of Wednesday',
    'To: <papers@papers.example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report;',
    '     boundary="part1_boundary"',
    '',
    '--part1_boundary',
    'Content-Type: text/plain; charset="US-ASCII"',
    '',
    'This is an abuse report.',
    '',
    '--part1_boundary',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: Provider/1.0',
    'Version: 1',
    ...recipients.map((recipient) => `Original-Rcpt-To: ${recipient}`),
    'Source-IP: 192.0.2.1',
    '',
    '--part1_boundary',
    'Content-Type: message/rfc822',
    'Content-Disposition: inline',
    '',
    ...returned(mail),
    '--part1_boundary--',
    '',
  ].join('\r\n');
}
