// The header that saves an answer as a file: a plain name for old programs and the full one for the rest (RFC 6266).

export const attachment = (plain: string, name: string): string =>
  `attachment; filename="${plain.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`;

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
