// Measures the bit rate of one track, for the stand's page and its figures. Publications and subscriptions add bytes; sessions call `read`
// every second.
export class Meter {
  bitsPerSecond = 0;
  packets = 0;
  bytes = 0;
  #bytesBefore = 0;
  #readAt: number | undefined;

  add(bytes: number): void {
    this.packets += 1;
    this.bytes += bytes;
  }

  read(now: number): void {
    if (this.#readAt !== undefined && now > this.#readAt)
      this.bitsPerSecond = Math.round(((this.bytes - this.#bytesBefore) * 8000) / (now - this.#readAt));
    this.#readAt = now;
    this.#bytesBefore = this.bytes;
  }
}
