// The link back to the parent page, above a heading.
import { Icon } from './icon.tsx';

export function Crumb({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <p class="crumb">
      <a href={href}>
        <Icon name="left" />
        {children}
      </a>
    </p>
  );
}
