// Starts the stand's signing service by itself: `node stand/signer/main.ts`. stand/up.ts starts it so.
import { serveSigner } from './signer.ts';

const { PORT_SIGNER = '8805', STAND_DIR = '.stand', SIGNER_API_KEY = 'stand-signer-key' } = process.env;

const { url, close } = await serveSigner({ port: Number(PORT_SIGNER), apiKey: SIGNER_API_KEY, dir: STAND_DIR });
console.log(`Подпись (стенд): ${url}/__stand`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
