import type { Instant } from './calendar.ts';

/** Lower-case words joined by hyphens. */
export type TopicSlug = string;

/** A named interest with an emoji. */
export interface Topic {
  slug: TopicSlug;
  /** As it is shown. */
  name: string;
  /** One emoji; where a platform has its own, as that platform writes it. */
  emoji: string;
  /** What belongs to it, in a phrase. */
  meaning: string;
}

/** A topic that a workspace made, with the query that says which papers are its own. */
export interface WorkspaceTopic extends Topic {
  query: string;
  createdAt: Instant;
}

/** The most topics that one workspace may make. */
export const MAX_WORKSPACE_TOPICS = 50;

/** The topics that are there without anybody's doing, in the order they are shown. */
export const BUILT_IN_TOPICS: readonly Topic[] = [
  topic(
    'language-models',
    '🧠',
    'text models themselves: architecture, behaviour, prompting, long context, languages',
  ),
  topic('reasoning', '🧮', 'mathematics, logic, chains of thought, thinking longer at test time'),
  topic('agents', '🤖', 'agents, tools, computer and web use, many agents together, deep research'),
  topic('multimodal', '🧩', 'models that read or make several of text, image, video and sound'),
  topic('vision', '👁️', 'recognition, detection, segmentation, depth, tracking, restoration of images'),
  topic('image-generation', '🎨', 'making and editing images from text or other images'),
  topic('video', '🎬', 'making, editing and understanding video'),
  topic('3d', '🧊', 'reconstruction and generation in three dimensions, splatting, avatars, scenes', '3D'),
  topic('audio', '🎧', 'speech, music and other sound'),
  topic('robotics', '🦾', 'embodied models, manipulation, navigation, driving'),
  topic('reinforcement-learning', '🎮', 'learning from rewards and preferences, games'),
  topic('code', '💻', 'writing, repairing and proving programs, software engineering, SQL'),
  topic('retrieval', '🔎', 'search, retrieval for generation, embeddings, recommendation'),
  topic('efficiency', '⚡', 'speed, memory and size: quantisation, pruning, distillation, cheap attention'),
  topic('training', '🏋️', 'pre-training, data, fine-tuning, optimisers, scaling laws, merging'),
  topic('safety', '🛡️', 'alignment, attacks, bias, privacy, watermarks, factuality, unlearning'),
  topic('evaluation', '📊', 'benchmarks, data sets for measuring, metrics, judges'),
  topic('interpretability', '🔬', 'what goes on inside models, and why they work'),
  topic('science', '🧬', 'medicine, biology, chemistry, physics and the other sciences'),
  topic('world-models', '🌍', 'models of worlds, simulators, playable environments'),
];

/** The slug of a name: `Protein design` is `protein-design`; empty when it has no letter and no digit. */
export function slugOf(name: string): TopicSlug {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** The slug of a topic that is named as people name it, also as a search does: `topic:agents`. */
export function slugIn(given: string): TopicSlug {
  return slugOf(given.replace(/^\s*topic:/i, ''));
}

/** One emoji, be it put together of several characters; or one that a platform has made, as it writes it. */
export function isEmoji(text: string): boolean {
  const isOwn = /^(<a?:\w{2,32}:\d{5,20}>|:[\w+-]{1,100}:)$/.test(text);
  return isOwn || (/^\p{RGI_Emoji}$/v.test(text) && [...segments.segment(text)].length === 1);
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

function topic(slug: TopicSlug, emoji: string, meaning: string, name = nameOf(slug)): Topic {
  return { slug, name, emoji, meaning };
}

function nameOf(slug: TopicSlug): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
