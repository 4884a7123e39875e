// Fonts are bundled with the Worker as data; wrangler.toml has the rule.
declare module '*.ttf' {
  const bytes: ArrayBuffer;
  export default bytes;
}
