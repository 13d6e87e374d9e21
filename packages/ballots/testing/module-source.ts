import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../wasm')

/** The source of the WebAssembly module, all its files one after the other. */
export const moduleSource = (): string =>
  globSync('*.ts', { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
