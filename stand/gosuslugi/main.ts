// Starts the stand's Gosuslugi by itself: `node stand/gosuslugi/main.ts`. stand/up.ts starts it so.
import { serveGosuslugi } from './gosuslugi.ts';

const {
  PORT_GOSUSLUGI = '8801',
  PUBLIC_URL = 'http://127.0.0.1:8787',
  STAND_DIR = '.stand',
  GOSUSLUGI_ISSUER,
  GOSUSLUGI_REDIRECT_URIS,
} = process.env;
const { GOSUSLUGI_CLIENT_ID = 'clinic', GOSUSLUGI_CLIENT_SECRET = 'stand-gosuslugi-secret' } = process.env;

const redirectUris = GOSUSLUGI_REDIRECT_URIS?.split(/[\s,]+/) ?? [`${PUBLIC_URL}/sign-in/gosuslugi/return`];
const client = { id: GOSUSLUGI_CLIENT_ID, secret: GOSUSLUGI_CLIENT_SECRET, redirectUris };
const { url, close } = await serveGosuslugi({ port: Number(PORT_GOSUSLUGI), issuer: GOSUSLUGI_ISSUER, client, dir: STAND_DIR });
console.log(`Госуслуги (стенд): ${url}/__stand`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
