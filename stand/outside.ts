// Runs the emulators that are named as arguments in one process, each as its own main.ts starts it: five processes of Node need 200 MB more than
// one. `node stand/outside.ts mail signer`; stand/programs.ts names all.
const MAINS = {
  gosuslugi: () => import('./gosuslugi/main.ts'),
  yookassa: () => import('./yookassa/main.ts'),
  calls: () => import('./calls/main.ts'),
  mail: () => import('./mail/main.ts'),
  signer: () => import('./signer/main.ts'),
};

export type Emulator = keyof typeof MAINS;
export const EMULATORS = Object.keys(MAINS) as readonly Emulator[];

if (import.meta.main) {
  const names = process.argv.slice(2);
  const unknown = names.find(name => !EMULATORS.some(known => known === name));
  if (unknown !== undefined) throw new Error(`There is no emulator ${unknown}.`);
  // What breaks one ends all, and stand/up.ts says so and starts them again. The others keep what they know: they end as when they are asked to.
  process.once('uncaughtException', error => {
    console.error(error);
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });
  await Promise.all(EMULATORS.filter(name => names.includes(name)).map(name => MAINS[name]()));
}
