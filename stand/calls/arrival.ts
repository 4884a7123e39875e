// Lets calls to a session wait until its browser has connected, the session has ended or the time is over. Used by session.ts.
export class Arrival {
  readonly #waiting = new Set<() => void>();

  wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(settle);
        resolve();
      };
      const timer = setTimeout(settle, ms);
      this.#waiting.add(settle);
    });
  }

  announce(): void {
    for (const settle of this.#waiting) settle();
  }
}
