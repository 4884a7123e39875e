// Starts only the stand's mail: `node stand/mail/main.ts`. stand/up.ts starts it this way too.
import { serveMail } from './mail.ts';

const { PORT_MAIL = '8804', PUBLIC_URL = 'http://127.0.0.1:8787', STAND_DIR = '.stand' } = process.env;
const {
  RESEND_API_KEY = 're_stand_mail_key',
  RESEND_WEBHOOK_SECRET = 'whsec_c3RhbmQtbWFpbC13ZWJob29rLXNlY3JldC0wMQ==',
  RESEND_NOTICE_URL = `${PUBLIC_URL}/notices/resend`,
} = process.env;

const { url, close } = await serveMail({
  port: Number(PORT_MAIL),
  apiKey: RESEND_API_KEY,
  webhookSecret: RESEND_WEBHOOK_SECRET,
  webhookUrl: RESEND_NOTICE_URL,
  workerUrl: PUBLIC_URL,
  dir: STAND_DIR,
});
console.log(`Почта (стенд): ${url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
