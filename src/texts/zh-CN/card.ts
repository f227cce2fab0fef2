// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

const numbers = new Intl.NumberFormat('zh-CN');

export const card: Texts['card'] = {
  votes: (votes) => `▲ ${numbers.format(votes)}`,
  comments: (comments) => `${numbers.format(comments)} 条评论`,
  code: '代码',
  codeWithStars: (stars) => `代码 ★ ${numbers.format(stars)}`,
  others: (authors) => `等另外 ${numbers.format(authors)} 位作者`,
  abstract: '摘要',
  page: '页面',
  arxiv: 'arXiv',
  pdf: 'PDF',
  codeLink: '代码',
  project: '项目',
  details: '查看详情……',
  followTopics: '关注主题',
  continued: (title) => `${title}（续）`,
  image: (title) => `论文《${title}》的图片`,
};

export const action: Texts['action'] = {
  save: '收藏',
  similar: '相似论文',
  up: '👍',
  down: '👎',
  more: '下一页',
  back: '上一页',
  help: '帮助',
  preview: '预览',
  follow: (topic) => `关注 ${topic}`,
  unfollow: '取消关注',
  resend: '重新发送',
  dismiss: '不再处理',
  erase: '删除',
  threadHere: '改在此处的子区接收',
};

export const gateway: Texts['gateway'] = {
  tooOld: '这个按钮已经失效，请重新输入命令。',
  away: 'Paperwire 暂时无法回答，请一分钟后再试。',
  shortened: (command) => `内容太多，无法在此全部显示。“/paper ${command}”可查看其余内容。`,
  findName: '查找此消息中的论文',
};
