// Made by machine; no native speaker has reviewed it.
import { MAX_LIMIT } from '../../domain/feed.ts';
import type { Texts } from '../index.ts';

const PAPER = 'arXiv 编号，或 arXiv、Hugging Face 的链接';
const LIMIT = `显示多少篇，1 到 ${MAX_LIMIT}`;
const PAGE = '第几页，从 1 开始';
const FEED = '订阅，名称见“/paper feed list”（默认此处唯一的一个）';
const MESSAGE = '消息（名称见“/paper delivery list”），或某一期的全部消息';
const WHAT = '主题（如 agents）；作者用 author:姓名；机构用 org:名称';

const SETTINGS = {
  channel: '发布到哪里（默认此处）',
  time: '发布时间，HH:MM，按订阅的时区（默认 09:00）',
  zone: '时区，如 Europe/Berlin（默认 UTC）',
  listing: '哪个列表（默认 daily）',
  days: '星期，如 mon,wed 或 daily（默认 mon-fri）',
  limit: `每个列表的篇数，1 到 ${MAX_LIMIT}（默认 10）`,
  layout: '一条消息，或每篇一条（默认 digest）',
  include: '只要含有这些词之一的论文，用逗号分隔',
  exclude: '不要含有这些词之一的论文，用逗号分隔',
  topics: '只要这些主题之一的论文，用逗号分隔',
  'code-only': '只要有代码的论文',
  'min-votes': '只要达到这么多票的论文',
  role: '每期提及的身份组或用户组',
  'ripe-hours': '每日列表先增长多久（默认 5）',
  'patience-hours': '等待迟到的列表多久（默认 4）',
  'refresh-hours': '多久后更新一次票数和星数；0 为从不（默认 24）',
  'say-nothing-new': '没有新内容时也发一行',
};

export const summaries: Texts['summaries'] = {
  paper: { does: '阅读、搜索和关注热门 AI 论文' },
  topics: { does: '可关注的主题' },
  feed: { does: '频道的定期发布' },
  delivery: { does: '未送出的消息' },
  today: { does: '显示今天或另一天的论文', day: '另一天，YYYY-MM-DD', page: PAGE, limit: LIMIT },
  week: { does: '显示本周或另一周的论文', week: '另一周，YYYY-Www', page: PAGE, limit: LIMIT },
  month: { does: '显示本月或另一月的论文', month: '另一月，YYYY-MM', page: PAGE, limit: LIMIT },
  trending: { does: '显示当前热门，不限时间', page: PAGE, limit: LIMIT },
  search: {
    does: '搜索论文：词语、author:、topic:、org:、after:、before:、votes:>50、has:code',
    query: '要找什么；"加引号"表示原样，-词 表示排除',
    page: PAGE,
    limit: LIMIT,
  },
  find: { does: '查找文中提到的论文', text: '含有 arXiv 编号或论文链接的文本' },
  show: { does: '完整显示一篇论文', paper: PAPER },
  similar: { does: '查找相似的论文', paper: PAPER, limit: LIMIT },
  follow: { does: '在你自己的摘要中接收某个主题、作者或机构的新论文', what: WHAT },
  unfollow: { does: '不再关注', what: WHAT },
  following: {
    does: '显示你的关注；设置摘要何时送达',
    every: '多久一次',
    time: '时间，HH:MM，按你的时区',
    zone: '你的时区，如 Europe/Berlin',
    'with-edition': '与此频道的每日一期同时',
    thread: '在此处的子区接收，而不用私信',
    limit: `每个列表最多几篇，1 到 ${MAX_LIMIT}`,
    quiet: '何时不给你发私信，按你的时区写成 22:00-07:00；none 表示从不',
    undelivered: '重新发送可能未送达的内容，或不再处理',
  },
  save: { does: '收藏一篇论文', paper: PAPER, remove: '从收藏中移除' },
  saved: {
    does: '列出收藏的论文，或导出到文献管理软件',
    page: PAGE,
    limit: LIMIT,
    format: '包含全部收藏的文件，而不是一页',
  },
  rate: {
    does: '评价一篇论文是否值得推荐给你',
    paper: PAPER,
    verdict: '你的看法；none 为撤回（默认 up）',
  },
  'topics list': { does: '显示可以关注的主题' },
  'topics add': {
    does: '为此工作区创建主题，供成员关注和订阅筛选',
    name: '名称，如 protein design',
    query: '哪些论文属于它，用搜索的写法；每个词都必须出现',
    emoji: '表情符号（默认 📌 或另一个未用的）',
  },
  'topics remove': { does: '删除此工作区的主题；关注随之取消', name: '主题，名称见“/paper topics list”' },
  'topics panel': { does: '在此发布面板，成员可用表情关注主题', topics: '哪些主题，用逗号分隔' },
  'feed add': { does: '按计划发布论文', ...SETTINGS },
  'feed list': { does: '列出此工作区的订阅' },
  'feed show': { does: '显示一个订阅的全部设置', id: FEED },
  'feed edit': { does: '更改订阅；未提到的保持不变', id: FEED, ...SETTINGS },
  'feed pause': { does: '暂停订阅；设置保留', id: FEED },
  'feed resume': { does: '恢复已暂停或中止的订阅', id: FEED },
  'feed remove': { does: '删除订阅及其记录', id: FEED },
  'feed run': { does: '立即发布今天的一期', id: FEED },
  'feed preview': { does: '预览下一期而不发布', id: FEED },
  'delivery list': { does: '显示未送出或无法确定是否送达的消息' },
  'delivery resend': { does: '重新发送被拒绝或可能未送达的消息', id: MESSAGE },
  'delivery dismiss': { does: '不再处理被拒绝或可能未送达的消息', id: MESSAGE },
  status: { does: '显示每个订阅的状况：上一期、结果和下一期' },
  email: {
    does: '通过电子邮件接收论文：你关注的内容，或列表中的全部',
    address: '收件地址；其主人会收到用于确认的链接',
  },
  'forget-me': { does: '删除此处保存的关于你的一切', confirm: '是的，删除' },
  help: { does: '说明所有命令或其中一个', command: '要说明的命令或系列' },
};
