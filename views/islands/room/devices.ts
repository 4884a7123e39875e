// The camera, the microphone and the speaker of this device: asked for after a click, switched without leaving the call, let go when off.
import { type Device, type DeviceProblem, problemOf } from './problem.ts';

const KINDS = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;
export type Choosable = keyof typeof KINDS;

const VIDEO: MediaTrackConstraints = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 } };
const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Devices {
  camera: MediaStreamTrack | null = null;
  microphone: MediaStreamTrack | null = null;
  /** What the person wants; a device may still be missing. */
  wantsCamera = true;
  wantsMicrophone = true;
  readonly problems = new Map<Device, DeviceProblem>();
  known: MediaDeviceInfo[] = [];
  private holding: Promise<void> | null = null;

  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.look());
  }

  /** Takes what is wanted and not held yet. The browser may ask the person; whatever it answers, this ends well and `problems` says the rest. */
  hold(): Promise<void> {
    this.holding ??= this.holdMissing().finally(() => {
      this.holding = null;
    });
    return this.holding;
  }

  /** Asks once more for one that could not be had: plugged in, let go by another program or allowed since. */
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
    // The microphone stays held and silent, so that speaking again is instant; the camera's light has to go out.
    if (device === 'microphone' && this.microphone) this.microphone.enabled = isWanted;
    else if (isWanted) await this.hold();
    else this.release(device);
    this.changed();
  }

  /** Another device of the kind. The old one goes first: many phones cannot hold two cameras. */
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
    const camera = this.wantsCamera && !this.camera;
    const microphone = this.wantsMicrophone && !this.microphone;
    if (!camera && !microphone) return;
    // Together first, so that the person is asked once; apart when that fails, to learn which of the two it was.
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
      const problem = problemOf(device, error);
      if (localStorage.getItem(`device-${device}`) === null || problem.endsWith('Refused')) return void this.problems.set(device, problem);
      // The chosen one is gone: whatever else there is will do.
      localStorage.removeItem(`device-${device}`);
      await this.takeOne(device);
    }
  }

  private accept(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const device: Device = track.kind === 'video' ? 'camera' : 'microphone';
      this.release(device);
      this[device] = track;
      this.problems.delete(device);
      track.enabled = device === 'camera' || this.wantsMicrophone;
      track.addEventListener('ended', () => void this.lost(device, track));
    }
  }

  /** Unplugged, or taken back in the browser: whatever else there is will do. */
  private async lost(device: Device, track: MediaStreamTrack): Promise<void> {
    if (this[device] !== track) return;
    this[device] = null;
    await this.hold();
    this.changed();
  }

  private release(device: Device): void {
    const track = this[device];
    this[device] = null;
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

/** On a page without HTTPS there is no such thing; that is a missing device to the person. */
const ask = async (constraints: MediaStreamConstraints): Promise<MediaStream> => await navigator.mediaDevices.getUserMedia(constraints);
