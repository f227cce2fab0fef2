/** What is being done, so that nobody has it done twice by pressing twice. */
export interface InHand {
  /** Does it, unless the same is in hand; false where it was. Rejects as the work does. */
  once(key: readonly unknown[], work: () => Promise<void>): Promise<boolean>;
}

export function createInHand(): InHand {
  const keys = new Set<string>();
  return {
    async once(key, work) {
      const written = JSON.stringify(key);
      if (keys.has(written)) return false;
      keys.add(written);
      try {
        await work();
      } finally {
        keys.delete(written);
      }
      return true;
    },
  };
}
