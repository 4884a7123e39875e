// A sentence with *bold* parts and {places} that are filled with nodes, so that each translation keeps its own word order.
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
