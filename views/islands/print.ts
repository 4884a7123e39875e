// «Напечатать»: the browser's own printing of this page.

export function printOnPress(): void {
  document.addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
  });
}
