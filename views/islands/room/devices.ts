// The camera, the microphone and the speaker of this device: requested after a click, switched without leaving the call, released when off.
// Used by the room and by the check page.
import { watchInterruptions } from './interruption.ts';
import { type Device, type DeviceProblem, problemOf } from './problem.ts';

const KINDS = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;
export type Choosable = keyof typeof KINDS;

const VIDEO: MediaTrackConstraints = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 } };
const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Devices {
  camera: MediaStreamTrack | null = null;
  microphone: MediaStreamTrack | null = null;
  /** What the person has switched on; the device itself may be missing. */
  wantsCamera = true;
  wantsMicrophone = true;
  readonly problems = new Map<Device, DeviceProblem>();
  /** Devices that something else has for a while, such as a phone call. */
  readonly taken = new Set<Device>();
  known: MediaDeviceInfo[] = [];
  private holding: Promise<void> | null = null;

  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.look());
  }

  /** Requests the wanted devices that are not open yet or were taken away; the browser may ask the person. Never rejects: failures are in `problems`. */
  hold(): Promise<void> {
    this.holding ??= this.holdMissing().finally(() => {
      this.holding = null;
    });
    return this.holding;
  }

  /** Requests one device again after a failure: it may have been plugged in, released by another program or allowed since. */
  retry(device: Device): Promise<void> {
    this.holding ??= this.takeOne(device)
      .then(() => this.look())
      .finally(() => {
        this.holding = null;
      });
    return this.holding;
  }

  async setWanted(device: Device, isWanted: boolean): Promise<void> {
    if (device === 'camera') this.wantsCamera = isWanted;
    else this.wantsMicrophone = isWanted;
    // A muted microphone stays open, so that unmuting is instant. The camera is closed, so that its light goes out.
    if (device === 'microphone' && this.microphone) this.microphone.enabled = isWanted;
    else if (isWanted) await this.hold();
    else this.release(device);
    this.changed();
  }

  /** Switches to another device of this kind. The old one is released first, because many phones cannot open two cameras. */
  async choose(kind: Choosable, deviceId: string): Promise<void> {
    localStorage.setItem(`device-${kind}`, deviceId);
    if (kind === 'speaker') return this.changed();
    this.release(kind);
    await this.hold();
    this.changed();
  }

  chosen(kind: Choosable): string {
    const track = kind === 'speaker' ? null : this[kind];
    return track?.getSettings().deviceId ?? localStorage.getItem(`device-${kind}`) ?? '';
  }

  of = (kind: Choosable): MediaDeviceInfo[] => this.known.filter(one => one.kind === KINDS[kind] && one.deviceId !== '');

  releaseAll(): void {
    this.release('camera');
    this.release('microphone');
    this.changed();
  }

  private async holdMissing(): Promise<void> {
    const camera = this.wantsCamera && (!this.camera || this.taken.has('camera'));
    const microphone = this.wantsMicrophone && (!this.microphone || this.taken.has('microphone'));
    if (!camera && !microphone) return;
    // Requests both together first, so that the person is asked once. When that fails, requests them one by one to find out which of them
    // failed.
    if (!(camera && microphone && (await this.take({ camera, microphone })))) {
      if (microphone) await this.takeOne('microphone');
      if (camera) await this.takeOne('camera');
    }
    await this.look();
    this.changed();
  }

  private async take({ camera, microphone }: { camera: boolean; microphone: boolean }): Promise<boolean> {
    try {
      this.accept(await ask({ video: camera && this.constraints('camera'), audio: microphone && this.constraints('microphone') }));
      return true;
    } catch {
      return false;
    }
  }

  private async takeOne(device: Device): Promise<void> {
    const name = device === 'camera' ? 'video' : 'audio';
    try {
      this.accept(await ask({ [name]: this.constraints(device) }));
    } catch (error) {
      // The phone call still lasts; the track that it took may come back.
      if (this.taken.has(device)) return;
      const problem = problemOf(device, error);
      if (localStorage.getItem(`device-${device}`) === null || problem.endsWith('Refused')) return void this.problems.set(device, problem);
      // The chosen device is gone, so any other one is taken.
      localStorage.removeItem(`device-${device}`);
      await this.takeOne(device);
    }
  }

  private accept(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const device: Device = track.kind === 'video' ? 'camera' : 'microphone';
      this[device]?.stop();
      this[device] = track;
      // A track that comes muted is no better than the one before.
      if (!track.muted) this.isBack(device);
      track.enabled = device === 'camera' || this.wantsMicrophone;
      track.addEventListener('ended', () => void this.lost(device, track));
      watchInterruptions(
        track,
        isTaken => this[device] === track && this.interrupted(device, isTaken),
        () => void (this[device] === track && this.hold()),
      );
    }
  }

  private interrupted(device: Device, isTaken: boolean): void {
    if (!isTaken) this.isBack(device);
    else {
      this.taken.add(device);
      this.problems.set(device, `${device}Taken`);
    }
    this.changed();
  }

  private isBack(device: Device): void {
    this.taken.delete(device);
    this.problems.delete(device);
  }

  /** The device was unplugged, or its permission was withdrawn in the browser: tries any other one. */
  private async lost(device: Device, track: MediaStreamTrack): Promise<void> {
    if (this[device] !== track) return;
    this[device] = null;
    this.taken.delete(device);
    await this.hold();
    this.changed();
  }

  private release(device: Device): void {
    const track = this[device];
    this[device] = null;
    if (this.taken.has(device)) this.isBack(device);
    track?.stop();
  }

  private constraints(device: Device): MediaTrackConstraints {
    const chosen = localStorage.getItem(`device-${device}`);
    const wanted = device === 'camera' ? VIDEO : AUDIO;
    return chosen === null ? wanted : { ...wanted, deviceId: { exact: chosen } };
  }

  private async look(): Promise<void> {
    this.known = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    this.changed();
  }
}

/** On a page without HTTPS `mediaDevices` is undefined: the TypeError is reported as a missing device (problem.ts). */
const ask = async (constraints: MediaStreamConstraints): Promise<MediaStream> => await navigator.mediaDevices.getUserMedia(constraints);
