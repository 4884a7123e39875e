// A text with its paragraphs, one element each; an empty one says so.
export const Lines = ({ text, empty }: { readonly text: string; readonly empty?: string }) => (
  <>
    {(text.trim() === '' ? [empty ?? ''] : text.split(/\r?\n/).filter(line => line.trim() !== '')).map(line => (
      <p>{line}</p>
    ))}
  </>
);
