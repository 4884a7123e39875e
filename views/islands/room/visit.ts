// One visit to the room in this tab: what is known of the line, the other one and oneself, and what each event makes of it. main.ts brings the
// events, drawing.ts shows what came of them. It starts in the waiting room; the click on «Онлайн-приём» goes into the call without leaving the
// page, and a reload of a call that was not left goes straight back into it.
import type { FromRoom, Lateness, SeatState } from '../../../worker/rooms/messages.ts';
import type { Seat } from '../../../worker/rooms/roster.ts';
import { stopCheck } from '../check/network.ts';
import { begin, drawQuality } from './bar.ts';
import { Chat } from './chat.ts';
import type { Toggle } from './controls.ts';
import { hearDelay } from './delay.ts';
import { Devices } from './devices.ts';
import { type Drawn, draw, drawDevices } from './drawing.ts';
import { Faults } from './faults.ts';
import { iceServers } from './ice.ts';
import { FRESH, type Line, type LineEvent, needsRebuild, nextLine } from './ladder.ts';
import { Media } from './media.ts';
import { keepPass, keptPass } from './pass.ts';
import { faultOf } from './problem.ts';
import type { Word } from './quality.ts';
import { NO_PULLS, peerIn, type Pulls, pullsAfter, whereIs } from './roster.ts';
import { showCall } from './scene.ts';
import { setServerNow, setup, words } from './setup.ts';
import { RoomSocket, type SocketState } from './socket.ts';
import { setSpeaker, showBanner, showCover, showRemote } from './stage.ts';
import { isDoorOpen } from './waiting.ts';
import { Watch } from './watch.ts';

export class Visit {
  readonly devices = new Devices({ changed: () => this.devicesChanged() });
  private readonly socket = new RoomSocket({ hear: message => this.hear(message), changed: state => this.socketChanged(state) });
  private readonly chat = new Chat(message => this.socket.send(message));
  private readonly faults = new Faults(message => this.socket.send(message));
  private readonly media = new Media(this.devices, {
    state: told => this.tell(told),
    line: became => this.happened({ type: 'media', state: became }),
    pulled: (kind, track) => {
      if (kind === 'cam') this.hasRemoteVideo = track !== null;
      showRemote(kind, track, isBlocked => this.happened({ type: 'play', isBlocked }));
      this.draw();
    },
    stalled: () => this.faults.note('noRemoteMedia'),
  });
  private readonly watch = new Watch({
    word: word => {
      this.word = word;
      drawQuality(word);
    },
    video: isOff => {
      this.media.setVideoOff(isOff);
      if (isOff) this.faults.note('videoOff');
      this.happened({ type: 'video', isOff });
    },
    report: ({ loss, rtt, kbpsIn, kbpsOut }) => {
      const kind = this.word === 'lost' ? 'none' : this.hasRemoteVideo || this.state?.cam ? 'video' : 'audio';
      this.socket.send({ type: 'quality', loss, rtt, kbpsIn, kbpsOut, kind });
    },
    quiet: () => void this.askWhetherGone(),
    silent: () => this.rebuild(),
  });

  private isJoined = false;
  private line: Line = { ...FRESH, socketAt: Date.now() };
  private peer: Seat | null = null;
  private pulls: Pulls = NO_PULLS;
  private late: Lateness | null = setup.late;
  private isCalled = false;
  /** This person is in the room on another device. */
  private isElsewhere = setup.present.includes(setup.role) && keptPass().pass === null;
  private hasRemoteVideo = false;
  private state: SeatState | null = null;
  private word: Word = 'checking';
  private isFinishing = false;
  private toldProblems = '';

  /** Takes the seat, unless this person sits in it on another device already. */
  arrive(): void {
    if (!this.isElsewhere) void this.socket.open();
    if (keptPass().isJoined && isDoorOpen()) void this.join();
    this.draw();
  }

  async join(): Promise<void> {
    if (this.isJoined || !isDoorOpen()) return;
    const anew = this.isElsewhere || this.line.socket === 'replaced';
    stopCheck();
    this.isJoined = true;
    this.isElsewhere = false;
    keepPass({ isJoined: true });
    showCover(null);
    showCall();
    this.happened({ type: 'media', state: 'connecting' });
    const isHeld = this.devices.hold();
    if (await this.socket.open(anew)) await this.goOnAir();
    await isHeld;
  }

  /** The patient's way out; the doctor's is to end the visit. */
  leave(): void {
    if (setup.role === 'doctor') return;
    this.goOffAir();
    this.socket.leave();
  }

  /** The tab goes away: the seat is freed at once, and a reload takes it again. */
  pageHides(): void {
    this.socket.leave();
  }

  networkIs(isOnline: boolean): void {
    this.happened({ type: 'online', isOnline });
    if (isOnline) this.watch.suspect();
  }

  press(toggle: Toggle): void {
    const { devices } = this;
    if (toggle === 'screen') void this.media.toggleScreen();
    else if (toggle === 'mic') void devices.setWanted('microphone', !(devices.microphone && devices.wantsMicrophone));
    else void devices.setWanted('camera', !devices.camera);
  }

  /** The server draws what comes next. Not at once when the page is fresh: a mistake must not become a storm of reloads. */
  finish(said = words.ended): void {
    if (this.isFinishing) return;
    this.isFinishing = true;
    this.goOffAir();
    showBanner(said);
    setTimeout(() => location.reload(), Math.max(800, 4_000 - performance.now()));
  }

  /** Twice a second: what time alone brings about. */
  tick(): void {
    if (this.media.isStarted && needsRebuild(this.line, Date.now())) this.rebuild();
    if (this.pulls.staleAt !== null) this.follow();
    // The door is open and somebody may press the button: what the first connection needs is asked for now.
    if (!this.isJoined && isDoorOpen() && this.line.socket === 'open') void iceServers(this.socket.pass);
    const expectsMedia = this.line.peer === 'here' && Object.keys(this.pulls.tracks).length > 0;
    void this.watch.look(this.media.peerConnection, expectsMedia, this.state?.cam ?? false);
    this.draw();
  }

  private tell(told: SeatState): void {
    this.state = told;
    this.socket.send({ type: 'state', ...told });
    this.draw();
  }

  /** The pass is there: now, or when the socket has found its way. */
  private async goOnAir(): Promise<void> {
    if (!this.isJoined || this.media.isStarted) return;
    this.media.pull(this.pulls.tracks);
    await this.media.start(() => this.socket.pass);
    // Whoever still sits in the waiting room is asked in.
    if (setup.role === 'doctor') this.socket.send({ type: 'callIn' });
  }

  private goOffAir(): void {
    this.isJoined = false;
    keepPass({ isJoined: false });
    this.media.stop();
    this.devices.releaseAll();
    this.state = null;
    this.line = { ...this.line, media: 'none' };
  }

  private hear(message: FromRoom): void {
    switch (message.type) {
      case 'welcome':
        setServerNow(message.now);
        this.late = message.late;
        this.isCalled = message.calledAt !== null;
        this.seat(message.roster);
        if (this.state) this.socket.send({ type: 'state', ...this.state });
        this.faults.flush();
        break;
      case 'roster':
        this.seat(message.roster);
        break;
      case 'late':
        this.late = message.late;
        break;
      case 'called':
        this.isCalled = true;
        break;
      case 'ended':
        return this.finish();
      case 'moved':
        return this.finish(words.moved);
      default:
    }
    hearDelay(message);
    this.chat.hear(message);
    this.draw();
  }

  private seat(roster: readonly Seat[]): void {
    this.peer = peerIn(roster, setup.role);
    this.happened({ type: 'peer', peer: whereIs(this.peer, this.line.peer) });
    this.follow();
    if (this.isJoined && this.peer?.inCall) begin();
  }

  private follow(): void {
    this.pulls = pullsAfter(this.pulls, this.peer, Date.now());
    this.media.pull(this.pulls.tracks);
  }

  private socketChanged(became: SocketState): void {
    this.happened({ type: 'socket', state: became });
    if (became === 'open') {
      this.watch.suspect();
      void this.goOnAir();
    }
    if (became === 'over') this.finish();
    if (became === 'replaced') this.replaced();
  }

  /** Another device of this person took the room. Nothing here goes on by itself. */
  private replaced(): void {
    const wasJoined = this.isJoined;
    this.goOffAir();
    this.isElsewhere = true;
    if (wasJoined || setup.role === 'doctor')
      showCover({ heading: words.replacedHeading, text: words.replacedText, label: words.replacedBack });
    this.draw();
  }

  private happened(event: LineEvent): void {
    const before = this.line;
    this.line = nextLine(before, event, Date.now());
    if (event.type === 'media' && before.hasConnected && event.state !== 'connected' && this.isJoined) this.faults.note('mediaLost');
    this.draw();
  }

  /** A session that the SFU has lost never comes back; a line that is only cut does, and over the same connection soonest. */
  private async askWhetherGone(): Promise<void> {
    const asked = this.media.peerConnection;
    if ((await this.media.isGone()) && asked === this.media.peerConnection) this.rebuild();
  }

  private rebuild(): void {
    void this.media.rebuild();
    this.happened({ type: 'rebuilt' });
    if (!this.line.hasConnected && this.line.rebuilds === 2) this.faults.note('callsRefused');
  }

  private devicesChanged(): void {
    this.media.publish();
    drawDevices(this.devices);
    setSpeaker(this.devices.chosen('speaker'));
    const problems = [...this.devices.problems.values()];
    if (problems.join() !== this.toldProblems) for (const problem of problems) this.faults.note(faultOf(problem));
    this.toldProblems = problems.join();
    this.draw();
  }

  private draw(): void {
    if (!this.isFinishing) draw(this.drawn());
  }

  private drawn(): Drawn {
    const { devices, media, isJoined, isElsewhere, isCalled, hasRemoteVideo, line, peer, late } = this;
    return {
      devices,
      isScreenShown: media.isScreenShown,
      isJoined,
      isElsewhere,
      isCalled,
      hasRemoteVideo,
      line,
      peer,
      late,
      unblock: isBlocked => this.happened({ type: 'play', isBlocked }),
    };
  }
}
