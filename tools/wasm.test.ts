import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { curveModuleText, generatedPath } from './wasm.ts'

it('the WebAssembly in the repository is what its source compiles to, byte for byte', async () => {
  expect(await curveModuleText()).toBe(readFileSync(join(import.meta.dirname, '..', generatedPath), 'utf8'))
})
