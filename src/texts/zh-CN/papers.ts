// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const listing: Texts['listing'] = {
  titles: {
    daily: (weekday, day) => `${day}（${weekday}）的论文`,
    weekly: (week) => `${week} 周的论文`,
    monthly: (month) => `${month} 月的论文`,
    trending: '热门论文',
    search: (query) => `关于“${query}”的论文`,
  },
  weekdays: {
    mon: '星期一',
    tue: '星期二',
    wed: '星期三',
    thu: '星期四',
    fri: '星期五',
    sat: '星期六',
    sun: '星期日',
  },
  sample: '示例论文：目前无法取得真实的列表',
  papers: (papers) => `${papers} 篇论文`,
  papersOf: (shown, all) => `共 ${all} 篇论文，显示 ${shown} 篇`,
  soFar: (papers) => `目前 ${papers}：列表还不完整`,
  fromArchive: '来自存档',
  fromSample: '来自示例',
  kinds: { daily: '每日', weekly: '每周', monthly: '每月' },
  forms: { daily: '日期（YYYY-MM-DD）', weekly: 'ISO 周（YYYY-Www）', monthly: '月份（YYYY-MM）' },
  noPeriod: (given, form, example) => `“${given}”不是${form}，例如 ${example}。`,
  early: (kind, period, first) => `没有 ${period} 的${kind}列表：最早的是 ${first}。`,
  late: (kind, period, newest) => `还没有 ${period} 的${kind}列表：最新的是 ${newest}。`,
  none: '没有论文。',
  noMore: '没有更多了。',
  notYet: '来源在那里（还）没有列出论文。',
};

export const paper: Texts['paper'] = {
  noId: (given) =>
    `“${given}”不是 arXiv 编号。请给出类似 2608.19880 的编号，或 arXiv、Hugging Face Papers 的链接。`,
  unknown: (id) => `Hugging Face 和 arXiv 都没有论文 ${id}。编号完整吗？`,
  topicBecause: (topic, reasons) => `${topic}，依据：${reasons}`,
  reasons: {
    title: (what) => `标题中的“${what}”`,
    keywords: (what) => `关键词中的“${what}”`,
    summary: (what) => `概要中的“${what}”`,
    abstract: (what) => `摘要中的“${what}”`,
    author: (what) => `作者 ${what}`,
    organization: (what) => `机构 ${what}`,
    topic: (what) => `主题 ${what}`,
  },
};

export const search: Texts['search'] = {
  empty: '请说明要找什么，例如：/paper search query:"diffusion transformers"。',
  tooLong: (most, length) => `请将查询缩短到 ${most} 个字符以内；现在有 ${length} 个。`,
  title: (query) => `搜索：${query}`,
  none: '没有找到论文。请换些词或减少词数。',
  noMore: (most) => `没有更多了：只对最好的 ${most} 篇排序。请更具体地描述。`,
  unknown: (id) => `没有人知道论文 ${id}。`,
  readAs: (given, taken) => `“${given}”被理解为“${taken}”。`,
  notes: {
    'unread-filter': (part) => `“${part}”不是可识别的筛选条件，已当作普通词语。`,
    'unknown-topic': (topic) => `没有主题“${topic}”；“/paper topics list”列出现有主题。`,
    'archive-closed': () => '无法搜索存档；这是 Hugging Face 上的结果。',
    'source-closed': () => '无法访问 Hugging Face；这是存档中的结果。',
    'source-late': () => 'Hugging Face 没有及时回应；这是没有它时的结果。',
    indexing: () => '存档的索引仍在建立，可能还有更多。',
    sample: () => '这些是附带的示例论文，因为目前无法取得真实的论文。',
  },
  page: (number, papers) => `第 ${number} 页：${papers}`,
  andMore: (papers) => `${papers}，还有更多`,
};

export const similar: Texts['similar'] = {
  title: (id) => `与 ${id} 相似`,
  none: '存档中还没有与它相似的论文。',
};

export const find: Texts['find'] = {
  title: '文中提到的论文',
  none: '文中没有提到论文：既没有 arXiv 编号，也没有 arXiv 或 Hugging Face Papers 的链接。',
  tooLong: (most, length) => `请将文本缩短到 ${most} 个字符以内；现在有 ${length} 个。`,
  unknown: (ids) => `没有人知道 ${ids}。`,
  unread: (ids) => `目前无法查询 ${ids}。`,
  first: (most) => `这是前 ${most} 篇；文中还提到更多。`,
};
