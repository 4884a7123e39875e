// English words of the connection check.
import type { CheckWords } from './check.ru.ts';

export const checkEn: CheckWords = {
  title: 'Connection check',
  crumb: 'Consultation',
  toHelp: 'Help',
  lead: 'We try the camera, the microphone, the sound and the network. It takes less than a minute and tells what to put right in time.',
  notKept: 'The result of this check stays on the screen only.',
  howToKeep: 'To keep it with a consultation, open the check from the card of the consultation.',
  kept: 'The result is kept with the consultation.',
  withoutScript: 'The check needs JavaScript.',
  withoutScriptHow: 'Switch it on in the browser or open this page in another one. You can also call the front desk:',
  link: 'Check the connection',
  linkNote: 'camera, microphone, sound and network, less than a minute',
  newTab: ', opens in a new tab',
  checkedAt: moment => `Last check: ${moment}.`,

  start: 'Check',
  startLead: 'Press “Check” and the browser asks about the camera and the microphone. Only you see and hear them for now.',
  picture: 'The picture of your camera',
  sound: 'Sound',
  network: 'Network',
  unchecked: 'Not checked yet',
  measuring: 'Progress of the network check',
  change: 'Change',
  soundPlay: 'Play a sound',
  soundHeard: 'I hear it',
  again: 'Check again',

  help: 'How to allow the camera and the microphone',
  helpLead: 'The browser remembers a refusal. Lift it and reload the page: you come back to this very place.',
  onPhone: 'On a phone',
  onDesktop: 'On a computer',
  onIphone: 'On an iPhone: open the phone’s Settings, find this browser there, switch on “Microphone” and “Camera”.',
  browsers: {
    chrome: {
      name: 'Chrome',
      phone: {
        steps: [
          'Tap the sign with sliders left of the address',
          'Open “Permissions”',
          'Switch on the camera and the microphone, reload the page',
        ],
        picture: 'A phone: the sign with sliders left of the address is marked, under it the camera and the microphone are on',
      },
      desktop: {
        steps: ['Click the sign with sliders left of the address', 'Switch on the camera and the microphone', 'Reload the page'],
        picture: 'A browser window: the sign with sliders left of the address is marked, under it the camera and the microphone are on',
      },
    },
    safari: {
      name: 'Safari',
      phone: {
        steps: [
          'Tap the page sign at the left of the address bar',
          'Open “Website Settings”',
          'Choose “Allow” for the camera and the microphone',
        ],
        picture:
          'A phone: the address bar is at the bottom, the sign at its left is marked, above it the camera and the microphone are allowed',
      },
      desktop: {
        steps: [
          'In the “Safari” menu at the top choose “Settings” for this website',
          'Choose “Allow” for the camera and the microphone',
          'Reload the page',
        ],
        picture: 'The top of the screen: the Safari menu is marked, under it the camera and the microphone are allowed',
      },
    },
    firefox: {
      name: 'Firefox',
      phone: {
        steps: [
          'Tap the shield or the lock left of the address',
          'Tap “Blocked” at the camera and the microphone to allow them',
          'Reload the page',
        ],
        picture: 'A phone: the shield left of the address is marked, under it the camera and the microphone are on',
      },
      desktop: {
        steps: [
          'Click the crossed camera or microphone left of the address',
          'Lift “Blocked” with its cross',
          'Reload the page and allow access',
        ],
        picture: 'A browser window: the crossed camera left of the address is marked, under it crosses at the camera and the microphone',
      },
    },
    yandex: {
      name: 'Yandex Browser',
      phone: {
        steps: [
          'Tap the lock in the address bar: “Protect” opens',
          'Open “Site settings”',
          'Allow the camera and the microphone, reload the page',
        ],
        picture: 'A phone: the address bar is at the bottom, the lock at its left is marked, above it the camera and the microphone are on',
      },
      desktop: {
        steps: [
          'Click the lock left of the address: “Protect” opens',
          'Click “Learn more”, switch on the camera and the microphone under “Permissions”',
          'Reload the page',
        ],
        picture: 'A browser window: the lock left of the address is marked, under it the camera and the microphone are on',
      },
    },
  },

  live: {
    readiness: {
      ready: { lead: 'Everything is ready for the consultation.', text: 'The camera, the microphone and the network work.' },
      unmeasured: {
        lead: 'The camera and the microphone are ready.',
        text: 'The network could not be measured; that does not keep you out. Check it again later.',
      },
      noCamera: {
        lead: 'The consultation will work, but the doctor will not see you.',
        text: 'The camera does not work. What to do is written below.',
      },
      noVideo: {
        lead: 'The consultation will work without video.',
        text: 'You and the doctor will hear each other. Come closer to the router or change the network and check again.',
      },
      noVoice: {
        lead: 'The doctor will not hear you yet.',
        text: 'The microphone does not work. What to do is written below. Chat and files work all the same.',
      },
      chatOnly: {
        lead: 'Only the chat will work for now.',
        text: 'Video and sound do not pass through this network. Change it and check again.',
      },
    },
    underway: 'Checking the connection.',
    cameraOk: 'You are seen',
    deviceChecking: 'Switching on',
    microphoneOk: 'We hear you. Say something: the bar should move',
    microphoneQuiet: 'Quiet so far. Say something: the bar should move',
    soundAsk: 'Two tones are played now. Do you hear them?',
    soundOk: 'You hear us',
    networkConnecting: 'Connecting to the call server',
    networkMeasuring: 'Looking how video gets through: a few seconds',
    networkVideo: 'Enough for video: delay {rtt}\u00a0ms, losses {loss}\u00a0%',
    networkAudio:
      'Enough for sound only: delay {rtt}\u00a0ms, losses {loss}\u00a0%. Come closer to the router, video comes when it gets better',
    networkChat: 'Enough for the chat only. Come closer to the router or use mobile internet',
    networkBlocked:
      'Video and sound do not pass through this network, it is enough for the chat only. Switch off a VPN or use mobile internet',
    networkUnknown: 'Could not be measured. It does not keep you out',
    networkStopped: 'The check was stopped: the call has begun',
    defaultDevice: 'Default device',
    cameraRefused: 'The browser does not let us use the camera. You are heard but not seen.',
    microphoneRefused: 'The browser does not let us use the microphone. You are not heard, write in the chat.',
    cameraMissing: 'No camera was found. Plug one in or talk without video.',
    microphoneMissing: 'No microphone was found. Plug in a headset or write in the chat.',
    cameraBusy: 'Another program holds the camera. Close it and try again.',
    microphoneBusy: 'Another program holds the microphone. Close it and try again.',
    cameraTaken: 'A call or another program has taken the camera. You are not seen for now, we take it back ourselves.',
    microphoneTaken: 'A call or another program has taken the microphone. You are not heard for now, we take it back ourselves.',
  },
};
