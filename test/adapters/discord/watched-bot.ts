import { expect, onTestFinished } from 'vitest';
import { type BotScene, eventually, openBot } from './bot-scene.ts';

/** The scene of the test that runs; it ends with it, and Discord may have found nothing wrong. */
export let scene: BotScene;

export async function openScene(): Promise<BotScene> {
  scene = await openBot();
  onTestFinished(async () => {
    const { problems, ownProblems } = scene.fake;
    await scene[Symbol.asyncDispose]();
    expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
  });
  return scene;
}

/** Waits until somebody follows just these. */
export async function follows(person: { id: string }, topics: readonly string[]): Promise<void> {
  await eventually(async () => (await scene.followed(person)).join() === topics.join());
}
