import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Compiler = {
  readonly main: (
    options: readonly string[],
    io: {
      readonly readFile: (name: string, folder: string) => string | null
      readonly writeFile: (name: string, contents: Uint8Array | string) => void
    },
  ) => Promise<{ readonly error: Error | null }>
}
// Not by its name as a constant: its types declare an `Array` of their own for everybody, whose `at` is never undefined.
const compiler: string = 'assemblyscript/asc'
const { default: asc } = (await import(compiler)) as { readonly default: Compiler }

const root = join(import.meta.dirname, '..')
/** The generated module of the curve's arithmetic, from the root of the checkout. */
export const generatedPath = 'packages/ballots/src/groups/curve25519.generated.ts'

/** A source as the compiler wants it: imports name files by their endings, and it adds another. */
function sourceOf(name: string, folder: string): string | null {
  const file = join(folder, name.replace(/\.ts\.ts$/, '.ts'))
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** What `packages/ballots/src/groups/curve25519.generated.ts` must hold: the compiled module as base64. Throws if it does not compile. */
export async function curveModuleText(): Promise<string> {
  let bytes: Uint8Array | undefined
  // Shrunk: 905 bytes fewer for every phone that votes, and no slower (yes/no 273 µs a ballot against 297, within the noise).
  const options = [
    'curve25519.ts',
    '--outFile',
    'out.wasm',
    '-O3',
    '--shrinkLevel',
    '1',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    // A megabyte at once, as one voter needs it: memory that grows is memory whose views are made anew.
    '--initialMemory',
    '17',
  ]
  const { error } = await asc.main([...options, '--baseDir', join(root, 'packages/ballots/wasm')], {
    readFile: sourceOf,
    writeFile: (name, contents) => {
      if (name === 'out.wasm' && typeof contents !== 'string') bytes = contents
    },
  })
  if (error !== null) throw error
  if (bytes === undefined) throw new Error('the compiler wrote no module')
  const text = Buffer.from(bytes).toString('base64')
  const lines = text.match(/.{1,120}/g) ?? []
  return [
    '// Made by tools/wasm.ts from packages/ballots/wasm; a test makes it again and compares.',
    '/** The WebAssembly module of Curve25519’s arithmetic, base64. */',
    `export const curve25519Module =\n${lines.map((line) => `  '${line}'`).join(' +\n')}`,
    '',
  ].join('\n')
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, generatedPath), await curveModuleText())
