// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const email: Texts['email'] = {
  title: '通过电子邮件接收论文',
  onItsWay: (address) => `如果 ${address} 能收到邮件，一封邮件正在发往那里。`,
  confirm: '在打开并确认其中的链接之前，不会再发送其他邮件；链接两天后失效。',
  list: '列表',
  lists: { daily: '每日', weekly: '每周', monthly: '每月' },
  when: '时间',
  about: '内容',
  all: '列表中的所有论文',
  leftOut: (names) => `此工作区自建的主题不会通过电子邮件发送：${names}。`,
  limited: '你已经让我们发送了很多邮件，请一小时后再试。',
  notSetUp: '此处没有设置电子邮件。Paperwire 的运营者可以通过 SMTP_URL 和 MAIL_FROM 设置。',
};
