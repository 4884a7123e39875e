// A sheet of paper on a table: a page of a PDF, printed by PDFium, signed by hand and photographed a little askew.
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { BrowserContext } from 'playwright-core';

const SCALE = 1.5;

/** A JPEG of the first page. */
export async function photographOf(context: BrowserContext, pdf: Uint8Array): Promise<Buffer> {
  const document = await (await PDFiumLibrary.init()).loadDocument(pdf);
  const sheet = await document.getPage(0).render({ scale: SCALE, render: 'bitmap' });
  document.destroy();
  const table = await context.newPage();
  try {
    await table.setViewportSize({ width: sheet.width + 160, height: sheet.height + 160 });
    await table.setContent(
      '<body style="background:#7a6a58"><canvas style="margin:70px;transform:rotate(1.2deg);box-shadow:0 0 30px #0008"></canvas></body>',
    );
    await table.evaluate(
      ({ width, height, pixels }) => {
        const paper = globalThis.document.querySelector('canvas');
        const pen = paper?.getContext('2d');
        if (!paper || !pen) return;
        [paper.width, paper.height] = [width, height];
        const bytes = Uint8ClampedArray.from(atob(pixels), character => character.codePointAt(0) ?? 0);
        pen.putImageData(new ImageData(bytes, width, height), 0, 0);
        pen.strokeStyle = '#1b2f8a';
        pen.lineWidth = 3;
        pen.beginPath();
        pen.moveTo(width * 0.2, height * 0.88);
        for (let i = 0; i < 40; i += 1) pen.lineTo(width * (0.2 + i * 0.005), height * (0.88 + Math.sin(i) * 0.012));
        pen.stroke();
      },
      { width: sheet.width, height: sheet.height, pixels: Buffer.from(sheet.data).toString('base64') },
    );
    return await table.screenshot({ type: 'jpeg', quality: 85 });
  } finally {
    await table.close();
  }
}
