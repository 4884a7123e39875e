// A text as paragraphs, one element each; an empty text shows `empty`.
export const Lines = ({ text, empty }: { readonly text: string; readonly empty?: string }) => (
  <>
    {(text.trim() === '' ? [empty ?? ''] : text.split(/\r?\n/).filter(line => line.trim() !== '')).map(line => (
      <p>{line}</p>
    ))}
  </>
);
