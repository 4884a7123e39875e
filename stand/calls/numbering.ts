// The numbers of one connection: payload types, extension ids and mids. All m-lines of a bundle share them, and Chromium refuses a
// description that gives a known extension another id. Called by negotiation.ts.
import { type Codec, codecNames, type Kind, knownExtensions, usualCodecs, usualExtensions } from './codecs.ts';
import { invalidParams } from './refusal.ts';
import type { OfferedMedia } from './sdp.ts';

export class Numbering {
  readonly #ids = new Map<string, number>();
  readonly #codecs: Partial<Record<Kind, Codec>> = {};
  readonly #mids = new Set<string>();
  #nextMid = 0;

  /** Remembers and returns the numbers of a browser's m-line. Throws a Refusal when it offers no codec of this SFU. */
  learn(kind: Kind, media: OfferedMedia): { codec: Codec; extensions: ReadonlyMap<string, number> } {
    const extensions = new Map([...media.extensions].filter(([uri]) => knownExtensions.includes(uri)));
    for (const [uri, id] of extensions) this.#ids.set(uri, id);
    const codec = codecOf(kind, media);
    this.#codecs[kind] ??= codec;
    return { codec, extensions };
  }

  /** The numbers of an m-line that the SFU offers. */
  own(kind: Kind): { codec: Codec; extensions: ReadonlyMap<string, number> } {
    for (const [uri, usual] of usualExtensions[kind]) {
      if (this.#ids.has(uri)) continue;
      const taken = new Set(this.#ids.values());
      let id = usual;
      while (taken.has(id)) id += 1;
      this.#ids.set(uri, id);
    }
    const extensions = new Map(usualExtensions[kind].map(([uri, usual]) => [uri, this.#ids.get(uri) ?? usual]));
    return { codec: (this.#codecs[kind] ??= usualCodecs[kind]), extensions };
  }

  note(mid: string): void {
    this.#mids.add(mid);
  }

  freshMid(): string {
    while (this.#mids.has(String(this.#nextMid))) this.#nextMid += 1;
    const mid = String(this.#nextMid);
    this.note(mid);
    return mid;
  }
}

export function codecOf(kind: Kind, { codecs }: OfferedMedia): Codec {
  const found = [...codecs].find(([, { name }]) => name === codecNames[kind]);
  if (found === undefined) throw invalidParams(`The description has no ${codecNames[kind]}.`);
  const [payloadType, { format }] = found;
  const repair = [...codecs].find(([, codec]) => codec.name === 'rtx' && codec.format.split(';').includes(`apt=${payloadType}`));
  return { payloadType, repairPayloadType: kind === 'video' ? repair?.[0] : undefined, format: format === '' ? undefined : format };
}
