// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const follow: Texts['follow'] = {
  followed: (what) => `已关注 ${what}`,
  already: (what) => `你已经关注了 ${what}`,
  all: '你想关注的内容',
  full: (most) => `你已关注 ${most} 项，不能再多了。“/paper unfollow”可取消其中一项。`,
  unseen: '存档中还没有署此名的论文。',
  empty: '请说明要关注什么：主题（如 agents）、author:姓名 或 org:名称。',
  tooMany: (most) => `一次最多列出 ${most} 项。`,
  unknown: (what) => `没有名为“${what}”的可关注内容。`,
  howTo: '“/paper topics list”列出主题；关注作者用 author:姓名，关注机构用 org:名称。',
  near: (names) => `你是指 ${names} 吗？`,
};

export const unfollow: Texts['unfollow'] = {
  done: (what) => `已取消关注 ${what}`,
  nothingLeft: '你不再关注任何内容，因此不会再收到摘要。',
  notFollowed: (what, followed) => `你没有关注“${what}”。你关注的是：${followed}。`,
  nothing: '无',
};

export const digest: Texts['digest'] = {
  rests: '你的摘要已暂停；“/paper following every:daily”可恢复。',
  closed: '你的摘要无法送达：你没有对我开放私信。',
  threadClosed: '你的摘要无法送达：它的子区对我关闭了。',
  every: { daily: '每日', weekly: '每周', monthly: '每月', trending: '热门' },
  next: (every, day, time, zone) =>
    `你的下一份${every}摘要将于 ${day} ${time}（${zone}）送达。“/paper following”可更改。`,
};

export const following: Texts['following'] = {
  title: '你关注的内容',
  set: '摘要已设置',
  nothing: '你还没有关注任何内容。可从“/paper follow what:agents”开始；“/paper topics list”列出所有主题。',
  noDigest: '你还没有摘要：请先用“/paper follow”关注一些内容，例如 agents。',
  noTime: (given) => `“${given}”不是时间。请写成 HH:MM，例如 08:00。`,
  noZone: (given) => `“${given}”不是时区。请给出类似 Europe/Berlin 或 UTC 的时区。`,
  notBoth: '自定时间和 with-edition 只能选一个。',
  undelivered: (slot, reason) => `你的摘要 ${slot} 可能没有送达。${reason}`,
  since: (kind, day) => `${kind}，自 ${day} 起`,
  kinds: { topic: '主题', author: '作者', organization: '机构' },
  last: '上一份摘要',
  quiet: '免打扰时段',
  noQuiet: (given) => `“${given}”不是免打扰时段。请写成 22:00-07:00；不需要则写 none。`,
};

export const save: Texts['save'] = {
  done: '已收藏',
  already: '你之前已经收藏过',
  list: '“/paper saved”列出你的收藏。',
  removed: '已移除',
  gone: (id) => `${id} 已不在你的收藏中。`,
  notSaved: (id) => `你没有收藏 ${id}。`,
};

export const saved: Texts['saved'] = {
  title: '收藏的论文',
  file: '你收藏的论文，可导入文献管理软件。',
  subtitle: (papers) => `${papers} 篇论文，最新的在前`,
  none: '你还没有收藏任何论文。“/paper save”可收藏一篇。',
  noMore: '没有更多了。',
  savedOn: (day) => `收藏于 ${day}`,
};

export const rate: Texts['rate'] = { up: '👍 已记录', down: '👎 已记录', none: '已撤回' };

export const forgetMe: Texts['forgetMe'] = {
  ask: '要删除关于你的一切吗？',
  what: '你在所有工作区和私信中的关注、摘要及其发送记录、收藏的论文和评价都将永久删除。如果以后再次关注，论文可能会重复出现。',
  done: '已删除',
  subscriptions: (number) => `${number} 项关注`,
  saved: (number) => `${number} 篇收藏的论文`,
  ratings: (number) => `${number} 条评价`,
  digests: (number) => `${number} 份摘要`,
  feeds: (number) => `仍有 ${number} 个订阅由你管理；“/paper feed remove”可删除一个。`,
};

export const topics: Texts['topics'] = {
  title: '主题',
  howTo: '用“/paper follow”加上其中一个名称即可关注。',
  followers: (number) => `${number} 人关注`,
  noName: (most) => `请给主题起一个 1 到 ${most} 个字符的名称，其中要有字母或数字。`,
  noQuery: (most) => `请用 1 到 ${most} 个字符的搜索语句说明哪些论文属于它。`,
  notBuiltIn: (name) => `没有内置主题“${name}”，而这里不能引用其他主题。`,
  noEmoji: (given) => `“${given}”不是一个表情符号。请给出一个，例如 🧪。`,
  takenEmoji: (emoji, name) => `${emoji} 已用于“${name}”。请选择另一个表情符号。`,
  full: (most) => `一个工作区最多有 ${most} 个主题。“/paper topics remove”可删除一个。`,
  taken: (slug) => `已经有主题 ${slug}。`,
  takenBuiltIn: (slug) => `已经有主题 ${slug}，而且是内置的。`,
  meaning: '此工作区要找的论文',
  use: (slug) => `“/paper follow what:${slug}”可关注它，“/paper feed edit topics:${slug}”可按它筛选订阅。`,
  query: '查询',
  builtIn: (slug) => `${slug} 是内置主题，不能删除。`,
  inUse: (feed, slug) =>
    `订阅 ${feed} 正按 ${slug} 筛选。请先更改：/paper feed edit id:${feed} topics:none。`,
  notHere: (name) => `此工作区没有主题“${name}”。“/paper topics list”列出现有主题。`,
  unknown: (slug) => `没有主题“${slug}”。“/paper topics list”列出现有主题。`,
  removed: (slug) => `主题 ${slug} 已删除`,
  panel: '关注你喜欢的主题',
  panelHow: '点一个表情或从列表中选择，该主题的新论文就会以你自己的摘要送达。撤回表情即取消。',
  panelClosed: '无法在面板上添加表情：请在此频道授予机器人“添加反应”和“阅读消息历史”权限。列表仍可使用。',
  panelIncomplete: (topics) =>
    `以下主题的表情无法添加到面板：${topics}。列表仍可使用，任何人也可以自行添加。`,
  tooMany: (most) => `一个面板最多容纳 ${most} 个主题。`,
};
