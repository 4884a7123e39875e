// Links within the doctor's page, such as «Завершить»: not every browser takes the focus along, and beside a full screen nothing is seen.
export function runJumps(): void {
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href*="#"]') : null;
    const target = link?.pathname === location.pathname ? document.getElementById(link.hash.slice(1)) : null;
    if (!target) return;
    if (document.fullscreenElement) void document.exitFullscreen().then(() => target.focus());
    else target.focus();
  });
}
