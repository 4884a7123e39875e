// The part of pdfkit 0.20 that this folder uses, and what its published types lack: parsed fonts, structure on links, file attachments.
declare module 'pdfkit' {
  export interface Structure {
    add(child: Structure): Structure;
    end(): void;
    readonly dictionary: { readonly data: Record<string, unknown> };
  }

  export interface Reference {
    end(): void;
  }

  export interface Page {
    readonly width: number;
    readonly height: number;
    readonly margins: { bottom: number };
    readonly annotations: Reference[];
    readonly dictionary: unknown;
  }

  interface Lines {
    readonly width?: number;
    readonly align?: 'left' | 'center' | 'right';
    readonly lineGap?: number;
    readonly lineBreak?: boolean;
  }

  export default class PDFDocument {
    constructor(options: Record<string, unknown>);
    x: number;
    y: number;
    readonly page: Page;
    readonly _root: { readonly data: Record<string, unknown> };
    endAcroForm: () => void;
    on(event: 'data', take: (chunk: Uint8Array) => void): void;
    on(event: 'error', take: (error: Error) => void): void;
    on(event: 'end', take: () => void): void;
    end(): void;
    addPage(): this;
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(page: number): void;
    ref(data: object): Reference;
    appendXML(xml: string): void;
    registerFont(name: string, face: unknown): void;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(colour: string): this;
    strokeColor(colour: string): this;
    lineWidth(width: number): this;
    lineCap(cap: 'butt' | 'round' | 'square'): this;
    text(text: string, x: number, y: number, lines?: Lines): this;
    widthOfString(text: string): number;
    heightOfString(text: string, lines?: Lines): number;
    save(): this;
    restore(): this;
    translate(x: number, y: number): this;
    scale(factor: number): this;
    path(svg: string): this;
    rect(x: number, y: number, width: number, height: number): this;
    roundedRect(x: number, y: number, width: number, height: number, radius: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    fill(colour?: string): this;
    stroke(): this;
    link(x: number, y: number, width: number, height: number, url: string, options: object): this;
    struct(type: string, options?: object, content?: () => void): Structure;
    addStructure(root: Structure): void;
    markContent(tag: string, options: object): void;
    endMarkedContent(): void;
    file(bytes: Uint8Array, options: object): Reference;
  }
}

declare module 'fontkit' {
  export interface Face {
    readonly characterSet: readonly number[];
    glyphForCodePoint(codePoint: number): { codePoints: number[] };
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): unknown;
  }
  export function create(bytes: Uint8Array): Face;
}
