// A sentence of the words with *bold* parts and {places} filled by nodes, so that translations keep their own order.
import type { ComponentChild } from 'preact';

export interface RichProps {
  readonly text: string;
  readonly fill?: Readonly<Record<string, ComponentChild>>;
}

export function Rich({ text, fill = {} }: RichProps) {
  const pieces = text.split(/(\*[^*]+\*|\{\w+\})/);
  return (
    <>
      {pieces.map(piece => {
        if (piece.startsWith('*')) return <b>{piece.slice(1, -1)}</b>;
        if (piece.startsWith('{')) return fill[piece.slice(1, -1)] ?? '';
        return piece;
      })}
    </>
  );
}
