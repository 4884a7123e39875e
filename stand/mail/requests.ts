// The requests of Resend as schemas: the part of its contract that the cabinet needs; unknown fields are refused. Templates, scheduled
// letters and attachments by address are refused too, because the stand has no templates, no scheduler and no access to the internet.
import { z } from 'zod';

/** Resend accepts a letter of at most 40 MB, with encoded attachments. */
export const LARGEST_LETTER = 40 * 1024 * 1024;

const oneLine = z.string().regex(/^[^\r\n]*$/, 'must not contain line breaks');
const address = oneLine.refine(
  text => z.email({ pattern: z.regexes.html5Email }).safeParse(bareAddress(text)).success,
  'must be an address, or a name with an address in angle brackets',
);
const addresses = z.union([address, z.array(address).min(1).max(50)]).transform(given => [given].flat());
const tagText = z
  .string()
  .max(256)
  .regex(/^[\w-]+$/, 'may contain only ASCII letters, digits, underscores and dashes');

const attachment = z.strictObject({
  content: z.base64().min(1),
  filename: oneLine.min(1).max(255),
  content_type: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=("[^"\r\n]*"|[\w.+-]+))*$/)
    .optional(),
  content_id: oneLine.max(128).optional(),
});

export const sendEmail = z
  .strictObject({
    from: address,
    to: addresses,
    subject: oneLine.min(1),
    html: z.string().min(1).optional(),
    text: z.string().min(1).optional(),
    cc: addresses.optional(),
    bcc: addresses.optional(),
    reply_to: addresses.optional(),
    headers: z.record(z.string().regex(/^[!-9;-~]+$/), oneLine).optional(),
    attachments: z.array(attachment).optional(),
    tags: z.array(z.strictObject({ name: tagText, value: tagText })).optional(),
  })
  .refine(({ html, text }) => html !== undefined || text !== undefined, 'one of html and text is expected');

export type SendEmail = z.infer<typeof sendEmail>;
export type Attachment = z.infer<typeof attachment>;

/** «Клиника <a@b.ru>» is a@b.ru. */
export function bareAddress(text: string): string {
  return /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text.trim();
}
