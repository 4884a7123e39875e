// One visit to the room in this tab: who is in the room, whether this person is in the call, and the reactions to events. main.ts passes
// the events, on-air.ts keeps the connection, drawing.ts draws the state. It starts in the waiting room; a click on «Онлайн-приём» joins
// the call without leaving the page, and a reload of a call that was not left returns straight to it.
import type { Lateness } from '../../../workflows/rules/delay.ts';
import type { FromRoom } from '../../../workflows/rules/room-messages.ts';
import type { Seat } from '../../../workflows/rules/roster.ts';
import { stopCheck } from '../check/network.ts';
import { awakeAgain, stayAwake } from './awake.ts';
import { startClock } from './bar.ts';
import { Chat } from './chat.ts';
import type { Toggle } from './controls.ts';
import { hearDelay } from './delay.ts';
import { Devices } from './devices.ts';
import { type Drawn, draw, drawDevices } from './drawing.ts';
import { bothHaveCome } from './forms.ts';
import { forgetCodes } from './handover.ts';
import { iceServers } from './ice.ts';
import { OnAir } from './on-air.ts';
import { setPanel } from './panels.ts';
import { keepPass, keptPass } from './pass.ts';
import { faultOf } from './problem.ts';
import { NO_PULLS, peerIn, type Pulls, pullsAfter, whereIs } from './roster.ts';
import { showCall } from './scene.ts';
import { setServerNow, setup, words } from './setup.ts';
import { RoomSocket, type SocketState } from './socket.ts';
import { setSpeaker, showBanner, showCover } from './stage.ts';
import { isDoorOpen } from './waiting.ts';

export class Visit {
  readonly devices = new Devices(() => this.devicesChanged());
  private readonly socket = new RoomSocket({ hear: message => this.hear(message), changed: state => this.socketChanged(state) });
  private readonly chat = new Chat(message => this.socket.send(message));
  private readonly air = new OnAir(this.devices, { send: message => this.socket.send(message), changed: () => this.draw() });

  private isJoined = false;
  private peer: Seat | null = null;
  private isTold = false;
  private pulls: Pulls = NO_PULLS;
  private late: Lateness | null = setup.late;
  private isCalled = false;
  /** This person is in the room on another device. */
  private isElsewhere = setup.present.includes(setup.role) && keptPass().pass === null;
  private isFinishing = false;
  private toldProblems = '';

  /** Takes the seat, unless this person already has it on another device. */
  arrive(): void {
    if (!this.isElsewhere) {
      stayAwake(true);
      void this.socket.open();
    }
    if (keptPass().isJoined && isDoorOpen()) void this.join();
    this.draw();
  }

  async join(): Promise<void> {
    if (this.isJoined || !isDoorOpen()) return;
    const anew = this.isElsewhere || this.air.line.socket === 'replaced';
    stopCheck();
    this.isJoined = true;
    this.isElsewhere = false;
    stayAwake(true);
    keepPass({ isJoined: true });
    // The controls are drawn first, because the focus moves there from the pressed button.
    this.air.happened({ type: 'media', state: 'connecting' });
    showCover(null);
    showCall();
    const isHeld = this.devices.hold();
    if (await this.socket.open(anew)) await this.goOnAir();
    await isHeld;
  }

  /** Leaves the call. Only for the patient; a doctor ends the visit instead. */
  leave(): void {
    if (setup.role === 'doctor') return;
    stayAwake(false);
    this.goOffAir();
    this.socket.leave();
  }

  /** Called when the tab is left: frees the seat at once; a reload takes it again. */
  pageHides(): void {
    this.socket.leave();
  }

  /** The tab is visible again. What was taken away meanwhile, for example by a phone call, is asked for at once. */
  returns(): void {
    awakeAgain();
    if (this.devices.taken.size > 0) void this.devices.hold();
  }

  networkIs(isOnline: boolean): void {
    this.air.happened({ type: 'online', isOnline });
    if (isOnline) this.air.suspect();
  }

  networkChanged(): void {
    this.air.suspect();
  }

  /** When the browser blocks sound until a click, any click starts it. */
  clicked(): void {
    if (this.air.line.isPlayBlocked) this.air.playSound();
  }

  press(toggle: Toggle): void {
    const { devices } = this;
    if (toggle === 'screen') this.air.toggleScreen();
    else if (toggle === 'mic') void devices.setWanted('microphone', !(devices.microphone && devices.wantsMicrophone));
    else void devices.setWanted('camera', !devices.camera);
  }

  /**
   * Reloads the page, because the server draws the next state. A page that was just opened waits longer, so that a fault cannot cause a
   * loop of fast reloads.
   */
  finish(said = words.ended): void {
    if (this.isFinishing) return;
    this.isFinishing = true;
    stayAwake(false);
    this.goOffAir();
    showBanner(said);
    setTimeout(() => location.reload(), Math.max(800, 4_000 - performance.now()));
  }

  /** Called twice a second for changes that depend on time only. */
  tick(): void {
    if (this.isFinishing) return;
    if (this.pulls.staleAt !== null) this.follow();
    // The person may press the button at any moment, so the ICE servers for the first connection are requested now.
    if (!this.isJoined && isDoorOpen() && this.air.line.socket === 'open') void iceServers(this.socket.pass);
    this.air.tick(this.air.line.peer === 'here' && Object.keys(this.pulls.tracks).length > 0);
    this.draw();
  }

  /** Called when there is a pass: at joining, or after the socket has connected. */
  private async goOnAir(): Promise<void> {
    if (!this.isJoined || this.air.isStarted) return;
    this.air.pull(this.pulls.tracks);
    await this.air.start(() => this.socket.pass);
    // Invites the patient who is still in the waiting room.
    if (setup.role === 'doctor') this.socket.send({ type: 'callIn' });
  }

  private goOffAir(): void {
    this.isJoined = false;
    keepPass({ isJoined: false });
    this.air.stop();
    this.devices.releaseAll();
  }

  private hear(message: FromRoom): void {
    switch (message.type) {
      case 'welcome':
        setServerNow(message.now);
        this.late = message.late;
        this.isCalled = message.calledAt !== null;
        this.hearRoster(message.roster);
        this.air.tellAgain();
        this.air.faults.flush();
        break;
      case 'roster':
        this.hearRoster(message.roster);
        break;
      case 'late':
        this.late = message.late;
        break;
      case 'called':
        this.isCalled = true;
        break;
      case 'ended':
        return this.finish(message.outcome === null ? words.closed : words.ended);
      case 'moved':
        return this.finish(words.moved);
      default:
    }
    hearDelay(message);
    this.chat.hear(message);
    this.draw();
  }

  private hearRoster(roster: readonly Seat[]): void {
    this.isTold = true;
    this.peer = peerIn(roster, setup.role);
    this.air.happened({ type: 'peer', peer: whereIs(this.peer, this.air.line.peer) });
    this.follow();
    const joined = roster.flatMap(seat => seat.joinedAt ?? []);
    if (joined.length < 2) return;
    startClock(Math.max(...joined));
    bothHaveCome();
  }

  private follow(): void {
    this.pulls = pullsAfter(this.pulls, this.peer, Date.now());
    this.air.pull(this.pulls.tracks);
  }

  private socketChanged(became: SocketState): void {
    this.air.happened({ type: 'socket', state: became });
    this.chat.socketIs(became === 'open');
    if (became === 'open') {
      this.air.suspect();
      void this.goOnAir();
    }
    if (became === 'over') this.finish();
    if (became === 'replaced') this.replaced();
  }

  /** Another device of this person took the seat. This tab does nothing more by itself. */
  private replaced(): void {
    const wasJoined = this.isJoined;
    setPanel(null);
    stayAwake(false);
    this.goOffAir();
    this.isElsewhere = true;
    forgetCodes();
    if (wasJoined || setup.role === 'doctor')
      showCover({ heading: words.replacedHeading, text: words.replacedText, label: words.replacedBack });
    this.draw();
  }

  private devicesChanged(): void {
    this.air.publish();
    drawDevices(this.devices);
    setSpeaker(this.devices.chosen('speaker'));
    const problems = [...this.devices.problems.values()];
    if (problems.join() !== this.toldProblems) for (const problem of problems) this.air.faults.note(faultOf(problem));
    this.toldProblems = problems.join();
    this.draw();
  }

  private draw(): void {
    if (!this.isFinishing) draw(this.drawn());
  }

  private drawn(): Drawn {
    const { devices, air, isJoined, isElsewhere, isCalled, peer, isTold, late } = this;
    const { isScreenShown, hasRemoteVideo, line } = air;
    return { devices, isScreenShown, isJoined, isElsewhere, isCalled, hasRemoteVideo, line, peer, isTold, late };
  }
}
