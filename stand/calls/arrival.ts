// Waiting for a browser to connect: calls to a session wait here, and go on when it has come, when it has ended or when they waited enough.
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
