// A message in the page: what happened in bold, then what to do. Use role alert only for something that has just happened.
import type { ComponentChildren } from 'preact';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { Rich } from './rich.tsx';

export interface NoticeProps {
  readonly tone: 'ok' | 'warn' | 'info' | 'bad';
  readonly icon: IconName;
  readonly lead?: string;
  readonly text?: ComponentChildren;
  readonly role?: 'alert' | 'status' | 'note';
  readonly children?: ComponentChildren;
}

export function Notice({ tone, icon, lead, text, role, children }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={role}>
      <Icon name={icon} />
      <div>
        {(lead || text) && (
          <p>
            {lead && <b>{lead}</b>} {text}
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

/** The warning required by law, the same words above the doctors and above the confirmation. */
export function Warning({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).frame;
  return (
    <Notice tone="warn" icon="alert" role="note" lead={w.warningLead} text={w.warning}>
      <p>
        <Emergency frame={frame} />
      </p>
    </Notice>
  );
}

export function Emergency({ frame }: { readonly frame: Frame }) {
  return <Rich text={wordsOf(frame.lang).frame.emergency} fill={{ tel103: <Tel number="103" />, tel112: <Tel number="112" /> }} />;
}

export const Tel = ({ number }: { readonly number: string }) => (
  <a href={`tel:${number}`}>
    <b>{number}</b>
  </a>
);

export const Phone = ({ frame }: { readonly frame: Pick<Frame, 'clinic'> }) => (
  <a href={`tel:${frame.clinic.phone.replace(/[^+\d]/g, '')}`} class="nowrap">
    {frame.clinic.phone}
  </a>
);

/** Why this person cannot book yet; nothing when they can or when nobody is signed in. */
export function Obstacles({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).frame;
  const { viewer } = frame;
  if (viewer === null) return null;
  if (!viewer.identified)
    return (
      <Notice tone="info" icon="lock" lead={w.unidentifiedLead} text={w.unidentified}>
        <p>
          <a href="/help/sign-in">{w.unidentifiedHow}</a>
        </p>
      </Notice>
    );
  if (viewer.missingConsents === 0) return null;
  return (
    <Notice tone="info" icon="doc" lead={w.consentsLead} text={w.consents(viewer.missingConsents)}>
      <p>
        <a href={`/consents?next=${encodeURIComponent(frame.path)}`}>{w.consentsHow}</a>
      </p>
    </Notice>
  );
}
