// Files sent in the room: JPEG, PNG or PDF, recognised by content and not by name. Only for the two participants.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { raised, write } from '../../data/db.ts';
import { audited } from '../../data/audit.ts';
import { roomFileKey } from '../../data/file-keys.ts';
import { isId, newId } from '../../data/ids.ts';
import { keepsFile, roomFileRead } from '../../data/room-files.ts';
import type { HonoEnv } from '../../world.ts';
import { idOf } from '../../http/address.ts';
import { attachment } from '../../http/attachment.ts';
import { uploadOf } from '../../http/form.ts';
import { seeViewer } from '../../http/page.tsx';
import { mayBePresent, roomOf, seeMeeting } from '../../rooms/entrance.ts';
import { inspectUpload } from '../../files/inspect.ts';
import { FILE_BYTES, nameOf } from '../../../workflows/rules/file.ts';

export const roomFiles = new Hono<HonoEnv>()
  .post('/consultations/:id/room/files', requires('signedIn', 'json'), async c => {
    const seen = await seeMeeting(c);
    if (seen.kind === 'refused') return seen.answer;
    const { entrance, sessionId } = seen;
    if (!mayBePresent(entrance.admission)) return c.json(entrance.admission, 409);
    const { file: given } = await uploadOf(c);
    if (given === null || given.size === 0) return c.json({ kind: 'malformed' }, 422);
    if (given.size > FILE_BYTES) return c.json({ kind: 'tooLarge', limitBytes: FILE_BYTES }, 413);
    const inspected = await inspectUpload(given);
    if (inspected.kind !== 'fine') return c.json({ kind: inspected.kind }, inspected.kind === 'type' ? 415 : 422);
    const { type, bytes } = inspected;

    const { consultation, personId, role } = entrance;
    const id = newId();
    const key = roomFileKey(consultation.id, id);
    const file = { id, from: role, name: nameOf(given.name, type), type, bytes: bytes.length, at: c.var.now };
    // The file is stored before its row: a row without a file would be a broken link, a file without a row only takes space.
    await c.env.FILES.put(key, bytes, { httpMetadata: { contentType: type } });
    try {
      await write(c.var.db, [
        keepsFile(consultation.id, personId, { ...file, key }),
        audited({ now: c.var.now, personId, sessionId, act: 'room.file', kind: 'roomFile', id }),
      ]);
    } catch (error) {
      await c.env.FILES.delete(key);
      if (raised(error, ['filesOfRoom']) === null) throw error;
      return c.json({ kind: 'tooMany', limit: 'filesOfRoom' }, 429);
    }
    await roomOf(c.env.ROOM, consultation.id).announce({ type: 'file', file });
    return c.json(file, 201);
  })

  .get('/consultations/:id/room/files/:fileId', requires('signedIn', 'json'), async c => {
    const fileId = c.req.param('fileId');
    const seen = await seeViewer(c, asker => ({ file: roomFileRead(asker, idOf(c), isId(fileId) ? fileId : '') }));
    const { file } = seen.data;
    if (!file) return c.json({ kind: 'unknown' }, 404);
    const kept = await c.env.FILES.get(file.key);
    if (!kept) return c.json({ kind: 'gone' }, 410);
    // An attachment, so that the browser never runs or shows it as a page of this site; an <img> still draws it.
    return c.body(kept.body, 200, {
      'content-type': file.type,
      'content-length': String(file.bytes),
      'content-disposition': attachment(file.name, file.name),
    });
  });
