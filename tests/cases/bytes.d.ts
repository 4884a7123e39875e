// A file of tests/cases as bytes, for tests that run in workerd (vitest.config.ts).
declare module '*?bytes' {
  const bytes: ArrayBuffer;
  export default bytes;
}
