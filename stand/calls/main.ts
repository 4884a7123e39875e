// Starts only the stand's Calls: `node stand/calls/main.ts`; stand/up.ts starts it this way too. A phone in the same network can join when
// SFU_HOST_IP is this machine's address there. Nothing is stored between starts; browsers open a new session.
import { serveCalls } from './calls.ts';

const { PORT_CALLS = '8803', SFU_HOST_IP = '127.0.0.1' } = process.env;
const { CALLS_APP_ID = 'stand', CALLS_APP_SECRET = 'stand-calls-secret' } = process.env;
const { TURN_KEY_ID = 'stand-turn', TURN_KEY_SECRET = 'stand-turn-secret' } = process.env;

const { url, close } = await serveCalls({
  port: Number(PORT_CALLS),
  appId: CALLS_APP_ID,
  appSecret: CALLS_APP_SECRET,
  turnKeyId: TURN_KEY_ID,
  turnKeySecret: TURN_KEY_SECRET,
  hostIp: SFU_HOST_IP,
});
console.log(`Видеосвязь (стенд): ${url}/__stand`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
