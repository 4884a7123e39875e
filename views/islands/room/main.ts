// The room's island: ties the socket, the media and the page together. It starts in the waiting room; the click on «Онлайн-приём» goes into the
// call without leaving the page, and a reload of a call that was not left goes straight back into it.
import type { FromRoom, Lateness, SeatState } from '../../../worker/rooms/messages.ts';
import type { Seat } from '../../../worker/rooms/roster.ts';
import { drawCheck, runCheck } from '../check/check.ts';
import { stopCheck } from '../check/network.ts';
import { begin, drawElapsed, drawQuality } from './bar.ts';
import { Chat } from './chat.ts';
import { drawChoices, openOwnHelp, runChoices } from './choices.ts';
import { drawToggle, runControls, type Toggle } from './controls.ts';
import { Devices } from './devices.ts';
import { all, find } from './dom.ts';
import { Faults } from './faults.ts';
import { runForms } from './forms.ts';
import { iceServers } from './ice.ts';
import { bannerOf, FRESH, type Line, type LineEvent, needsRebuild, nextLine } from './ladder.ts';
import { Media } from './media.ts';
import { keepPass, keptPass } from './pass.ts';
import { runPanels, setPanel } from './panels.ts';
import { faultOf } from './problem.ts';
import type { Word } from './quality.ts';
import { NO_PULLS, peerIn, type Pulls, pullsAfter, whereIs } from './roster.ts';
import { showCall } from './scene.ts';
import { serverNow, setServerNow, setup, words } from './setup.ts';
import { RoomSocket, type SocketState } from './socket.ts';
import { isPictureShown, playSound, setSpeaker, showBanner, showCover, showPeerMuted, showPicture, showRemote, showSelf } from './stage.ts';
import { coverOf, drawLobby, isDoorOpen } from './waiting.ts';
import { Watch } from './watch.ts';

let isJoined = false;
let line: Line = { ...FRESH, socketAt: Date.now() };
let peer: Seat | null = null;
let pulls: Pulls = NO_PULLS;
let late: Lateness | null = setup.late;
let isCalled = false;
let isElsewhere = setup.present.includes(setup.role) && keptPass().pass === null;
let hasRemoteVideo = false;
let state: SeatState | null = null;
let word: Word = 'checking';

const devices = new Devices({ changed: devicesChanged });
const socket = new RoomSocket({ hear, changed: socketChanged });
const chat = new Chat(message => socket.send(message));
const faults = new Faults(message => socket.send(message));
const media = new Media(devices, {
  state: told => {
    state = told;
    socket.send({ type: 'state', ...told });
    draw();
  },
  line: became => happened({ type: 'media', state: became }),
  pulled: (kind, track) => {
    if (kind === 'cam') hasRemoteVideo = track !== null;
    showRemote(kind, track, isBlocked => happened({ type: 'play', isBlocked }));
    draw();
  },
  stalled: () => faults.note('noRemoteMedia'),
});
const watch = new Watch({
  word: now => {
    word = now;
    drawQuality(now);
  },
  video: isOff => {
    media.setVideoOff(isOff);
    if (isOff) faults.note('videoOff');
    happened({ type: 'video', isOff });
  },
  report: ({ loss, rtt, kbpsIn, kbpsOut }) => {
    const kind = word === 'lost' ? 'none' : hasRemoteVideo || state?.cam ? 'video' : 'audio';
    socket.send({ type: 'quality', loss, rtt, kbpsIn, kbpsOut, kind });
  },
  silent: rebuild,
});

async function join(): Promise<void> {
  if (isJoined || !isDoorOpen()) return;
  const anew = isElsewhere || line.socket === 'replaced';
  stopCheck();
  isJoined = true;
  isElsewhere = false;
  keepPass({ isJoined: true });
  showCover(null);
  showCall();
  happened({ type: 'media', state: 'connecting' });
  const isHeld = devices.hold();
  if (await socket.open(anew)) await goOnAir();
  await isHeld;
}

/** The pass is there: now, or when the socket has found its way. */
async function goOnAir(): Promise<void> {
  if (!isJoined || media.isStarted) return;
  media.pull(pulls.tracks);
  await media.start(() => socket.pass);
  // Whoever still sits in the waiting room is asked in.
  if (setup.role === 'doctor') socket.send({ type: 'callIn' });
}

function goOffAir(): void {
  isJoined = false;
  keepPass({ isJoined: false });
  media.stop();
  devices.releaseAll();
  state = null;
  line = { ...line, media: 'none' };
}

function hear(message: FromRoom): void {
  switch (message.type) {
    case 'welcome':
      setServerNow(message.now);
      late = message.late;
      isCalled = message.calledAt !== null;
      seat(message.roster);
      if (state) socket.send({ type: 'state', ...state });
      faults.flush();
      break;
    case 'roster':
      seat(message.roster);
      break;
    case 'late':
      late = message.late;
      break;
    case 'called':
      isCalled = true;
      break;
    case 'ended':
      return finish();
    default:
  }
  chat.hear(message);
  draw();
}

function seat(roster: readonly Seat[]): void {
  peer = peerIn(roster, setup.role);
  happened({ type: 'peer', peer: whereIs(peer, line.peer) });
  follow();
  if (isJoined && peer && Object.keys(peer.tracks).length > 0) begin();
}

function follow(): void {
  pulls = pullsAfter(pulls, peer, Date.now());
  media.pull(pulls.tracks);
}

function socketChanged(became: SocketState): void {
  happened({ type: 'socket', state: became });
  if (became === 'open') {
    watch.suspect();
    void goOnAir();
  }
  if (became === 'over') finish();
  if (became === 'replaced') replaced();
}

/** Another device of this person took the room. Nothing here goes on by itself. */
function replaced(): void {
  const wasJoined = isJoined;
  goOffAir();
  isElsewhere = true;
  if (wasJoined || setup.role === 'doctor')
    showCover({ heading: words.replacedHeading, text: words.replacedText, label: words.replacedBack });
  draw();
}

let isFinishing = false;
/** The server draws what comes next. Not at once when the page is fresh: a mistake must not become a storm of reloads. */
function finish(): void {
  if (isFinishing) return;
  isFinishing = true;
  goOffAir();
  showBanner(words.ended);
  setTimeout(() => location.reload(), Math.max(800, 4_000 - performance.now()));
}

function happened(event: LineEvent): void {
  const before = line;
  line = nextLine(line, event, Date.now());
  if (event.type === 'media' && before.hasConnected && event.state !== 'connected' && isJoined) faults.note('mediaLost');
  draw();
}

function rebuild(): void {
  void media.rebuild();
  happened({ type: 'rebuilt' });
  if (!line.hasConnected && line.rebuilds === 2) faults.note('callsRefused');
}

let toldProblems = '';
function devicesChanged(): void {
  media.publish();
  drawCheck(devices);
  drawChoices(devices);
  setSpeaker(devices.chosen('speaker'));
  const problems = [...devices.problems.values()];
  if (problems.join() !== toldProblems) for (const problem of problems) faults.note(faultOf(problem));
  toldProblems = problems.join();
  draw();
}

function press(toggle: Toggle): void {
  if (toggle === 'screen') void media.toggleScreen();
  else if (toggle === 'mic') void devices.setWanted('microphone', !(devices.microphone && devices.wantsMicrophone));
  else void devices.setWanted('camera', !devices.camera);
}

function draw(): void {
  if (isFinishing) return;
  drawToggle('mic', devices.microphone ? devices.wantsMicrophone : !isJoined && devices.wantsMicrophone);
  drawToggle('camera', devices.camera !== null || (!isJoined && devices.wantsCamera));
  drawToggle('screen', media.isScreenShown);
  showSelf(devices.camera, isJoined && !(devices.microphone && devices.wantsMicrophone));
  const isReady = devices.camera !== null || devices.microphone !== null;
  const lobby = {
    peer,
    late,
    isCalled,
    isReady,
    isElsewhere,
    isReachable: line.socket !== 'opening' || Date.now() - line.socketAt < 5_000,
  };
  drawLobby(lobby);
  if (!isJoined && setup.role === 'doctor' && !isElsewhere) showCover(coverOf(lobby));
  showPicture(isJoined && hasRemoteVideo && peer?.cam !== false && !line.isVideoOff, insteadOfPicture());
  showPeerMuted(peer !== null && Object.keys(peer.tracks).length > 0 && !peer.mic);
  drawBanner();
}

function insteadOfPicture(): string {
  if (peer === null) return line.peer === 'left' ? words.peerLeft : words.peerAbsent;
  if (Object.keys(pulls.tracks).length === 0) return words.peerHere;
  return peer.cam && !line.isVideoOff ? words.joining : words.peerNoVideo;
}

function drawBanner(): void {
  const banner = bannerOf(line, Date.now());
  const [problem] = devices.problems.values();
  if (banner === 'playBlocked') {
    const allow = () => playSound(isBlocked => happened({ type: 'play', isBlocked }));
    return showBanner(words.playBlocked, { label: words.playAllow, press: allow });
  }
  // Without a picture the stage itself says so.
  if (banner === 'peerLeft' && !isPictureShown()) return showBanner(null);
  if (banner !== null) return showBanner(words[banner]);
  if (!isJoined || problem === undefined) return showBanner(null);
  if (problem.endsWith('Refused')) return showBanner(words[problem], { label: words.howToAllow, press: () => setPanel('devices') });
  showBanner(words[problem], { label: words.tryAgain, press: () => void devices.hold() });
}

function tick(): void {
  if (needsRebuild(line, Date.now()) && media.isStarted) rebuild();
  if (pulls.staleAt !== null) follow();
  // The door is open and somebody may press the button: what the first connection needs is asked for now.
  if (!isJoined && isDoorOpen() && line.socket === 'open') void iceServers(socket.pass);
  drawElapsed();
  draw();
}

function leave(): void {
  if (setup.role === 'doctor') return;
  goOffAir();
  socket.leave();
}

runPanels();
runChoices(devices);
runControls(press);
runCheck(devices);
runForms(finish);
openOwnHelp();
drawQuality('checking');
for (const button of all('[data-join]')) button.addEventListener('click', () => void join());
find('[data-leave]')?.addEventListener('click', leave);
addEventListener('online', () => {
  happened({ type: 'online', isOnline: true });
  watch.suspect();
});
addEventListener('offline', () => happened({ type: 'online', isOnline: false }));
addEventListener('pagehide', () => socket.leave());
// A page from the back-button's cache has lost its socket and its media.
addEventListener('pageshow', event => event.persisted && location.reload());
setInterval(tick, 500);
setInterval(() => {
  const expectsMedia = line.peer === 'here' && Object.keys(pulls.tracks).length > 0;
  void watch.look(media.peerConnection, expectsMedia, state?.cam ?? false);
}, 1_000);
if (!isElsewhere) void socket.open();
if (keptPass().isJoined && serverNow() >= setup.opensAt) void join();
draw();
drawElapsed();
