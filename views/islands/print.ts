// «Напечатать»: opens the browser's print dialog for this page. Called by main.ts.

export function printOnPress(): void {
  document.addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
  });
}
