import type { Io } from './command.ts'

/** A terminal that remembers what it was told, for tests of commands. */
export function heard(change: Partial<Io> = {}): { readonly io: Io; readonly out: () => string; readonly err: () => string } {
  let out = ''
  let err = ''
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: {},
    columns: 80,
    colour: false,
    watched: false,
    ...change,
  }
  return { io, out: () => out, err: () => err }
}
