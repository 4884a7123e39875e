// The content-disposition header of a download: a plain name for old programs and the full one for others (RFC 6266). Called by the routes
// of files, protocols and the archive.

export const attachment = (plain: string, name: string): string =>
  `attachment; filename="${plain.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`;

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
