// Made by machine; no native speaker has reviewed it.
import { MAX_SUBSCRIPTIONS } from '../../domain/subscription.ts';
import type { Texts } from '../index.ts';

export const host: Texts['host'] = {
  failed: '操作未成功',
  byTheWay: '顺便提醒',
  troubles: {
    'messages-closed':
      '你的摘要未能送达，因为你没有对我开放私信。摘要会保留并每天重试；开放私信即可更早收到。',
    'thread-closed': '你的摘要未能送达，因为它的子区对我关闭了。摘要会保留并每天重试。',
    'not-asked':
      '你已关注用表情选择的内容，但我无法询问你是否愿意以私信接收论文，因为你没有对我开放私信。“/paper following every:daily”可让它们送达。',
    full: `你已关注 ${MAX_SUBSCRIPTIONS} 个主题、作者和机构，这是上限：用表情选择的内容没有加入。“/paper unfollow”可腾出位置，然后请重新选择。`,
  },
  noCommand: (name) => `没有命令“${name}”。“/paper help”会列出现有的命令。`,
  managersOnly: (name) => `只有此工作区的管理者可以使用“/paper ${name}”。请联系他们。`,
  homeless: '这只能在有 Paperwire 的服务器中使用。',
  refusals: {
    'no-edition-here': '没有订阅在此频道发布每日一期。请改为给出时间。',
    'no-thread-here': '只有在支持私密子区的平台的频道中，摘要才能发到子区。',
    'thread-refused': '无法在此频道打开私密子区。',
    'thread-not-now': '暂时无法打开子区，请几分钟后再试。',
    'feed-busy': '该订阅正在发布，请三分钟后再试。',
    'digest-busy': '你的摘要正在发送，请三分钟后再试。',
    'no-mail-address': '这不是电子邮件地址。请给出类似 ada@example.org 的地址，不带姓名。',
    'too-much-for-a-link': '你关注的内容太多，确认链接对邮件来说过长。“/paper unfollow”可取消其中一项。',
  },
  noOption: (command, option) =>
    `“/paper ${command}”没有选项“${option}”。请看“/paper help command:${command}”。`,
  missing: (option) => `缺少“${option}”。`,
  oneOf: (option, choices, given) => `“${option}”只能是 ${choices} 之一，而不是“${given}”。`,
  wholeNumber: (option, low, high, given) =>
    `“${option}”应为 ${low} 到 ${high} 之间的整数，而不是“${given}”。`,
  noText: (option) => `“${option}”不是以文本给出的。`,
  sourceClosed: (reason) => `${reason} 存档中也没有相关内容。请几分钟后再试。`,
  storeClosed: 'Paperwire 暂时无法访问其存储，请稍后再试。',
  platformClosed: '平台暂时无法访问，请一分钟后再试。',
  ourFault: 'Paperwire 自身出了问题；运营者可在日志中找到原因。',
};

export const help: Texts['help'] = {
  title: 'Paperwire 帮助',
  intro: '在这里搜索和关注热门 AI 论文。',
  family: (name) => `${name} 系列命令`,
  sentence: (summary) => `${summary}。`,
  example: (example) => `例如：/paper ${example}`,
  choices: (summary, choices) => `${summary}（${choices}）`,
  required: (summary) => `${summary}；必填`,
};
