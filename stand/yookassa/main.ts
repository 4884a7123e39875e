// Starts the stand's YooKassa by itself: `node stand/yookassa/main.ts`. stand/up.ts starts it so.
import { serveYookassa } from './yookassa.ts';

const { PORT_YOOKASSA = '8802', PUBLIC_URL = 'http://127.0.0.1:8787', STAND_DIR = '.stand' } = process.env;
const {
  YOOKASSA_SHOP_ID = '100500',
  YOOKASSA_SECRET_KEY = 'test_stand-yookassa-secret',
  YOOKASSA_NOTICE_URL = `${PUBLIC_URL}/notices/yookassa`,
} = process.env;

const { url, close } = await serveYookassa({
  port: Number(PORT_YOOKASSA),
  shopId: YOOKASSA_SHOP_ID,
  secretKey: YOOKASSA_SECRET_KEY,
  noticeUrl: YOOKASSA_NOTICE_URL,
  dir: STAND_DIR,
});
console.log(`ЮKassa (стенд): ${url}/__stand`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
