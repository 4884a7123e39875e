// Moves the focus for links within the doctor's page, such as «Завершить», because not every browser does so. Leaves full screen first,
// because the target would not be visible. Called by main.ts.
export function runJumps(): void {
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href*="#"]') : null;
    const target = link?.pathname === location.pathname ? document.getElementById(link.hash.slice(1)) : null;
    if (!target) return;
    if (document.fullscreenElement) void document.exitFullscreen().then(() => target.focus());
    else target.focus();
  });
}
