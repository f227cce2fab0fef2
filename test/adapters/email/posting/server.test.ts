import { describe, expect, it } from 'vitest';
import { readSender } from '../../../../adapters/email/posting/sender.ts';
import { readSmtpUrl } from '../../../../adapters/email/posting/server.ts';

describe('SMTP_URL', () => {
  it('says where, how, and as whom', () => {
    expect(readSmtpUrl('smtps://us%40er:p%2Fss%3A%40@mail.example.org')).toEqual({
      server: { host: 'mail.example.org', port: 465, isEncrypted: true },
      login: { user: 'us@er', password: 'p/ss:@' },
      isLoopback: false,
    });
    expect(readSmtpUrl('smtp://mail.example.org:2525')).toEqual({
      server: { host: 'mail.example.org', port: 2525, isEncrypted: false },
      isLoopback: false,
    });
    expect(readSmtpUrl('smtp://mail.example.org').server.port).toBe(587);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.9.8.7', '127.9.8.7', true],
    ['[::1]', '::1', true],
    ['localhost', 'localhost', true],
    ['LOCALHOST', 'LOCALHOST', true],
    ['0.0.0.0', '0.0.0.0', false],
    ['128.0.0.1', '128.0.0.1', false],
    ['localhost.example.org', 'localhost.example.org', false],
    ['127.0.0.1.example.org', '127.0.0.1.example.org', false],
    ['[2001:db8::1]', '2001:db8::1', false],
  ])('knows this machine: %s', (host, read, isLoopback) => {
    expect(readSmtpUrl(`smtp://${host}:25`)).toMatchObject({ server: { host: read }, isLoopback });
  });
});

describe('MAIL_FROM', () => {
  it.each([
    ['Paperwire <papers@example.org>', 'Paperwire', 'papers@example.org'],
    ['"Paper, wire" <papers@example.org>', 'Paper, wire', 'papers@example.org'],
    [' papers@example.org ', '', 'papers@example.org'],
    ['<papers@example.org>', '', 'papers@example.org'],
    ['Bücher <Papers@bücher.example>', 'Bücher', 'Papers@xn--bcher-kva.example'],
  ])('%s', (from, name, address) => {
    expect(readSender(from)).toEqual({ name, address, domain: address.split('@')[1] });
  });
});
