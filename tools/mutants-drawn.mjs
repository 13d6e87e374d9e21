// The places of the mutants that a sample draws from some files, as Stryker names places: `path:line:column-line:column`, a JSON list of them. Asked
// for those places alone, Stryker leaves the rest of the code as it is, and the code with a sample in it runs about as fast as without.
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ignorer, isDrawn } from './mutants.mjs'

const silent = { debug: () => undefined, info: () => undefined, isDebugEnabled: () => false }
const injector = {
  provideValue: () => injector,
  injectClass: (Made) => new Made(silent),
}
const files = process.argv.slice(2)
const { mutants } = await createInstrumenter(injector).instrument(
  files.map((file) => ({ name: resolve(file), content: readFileSync(file, 'utf8'), mutate: true })),
  { ignorers: [ignorer], plugins: null, excludedMutations: [] },
)
const asked = mutants.filter(({ status }) => status === undefined)
const places = asked.filter(isDrawn).map(({ fileName, location: { start, end } }) => {
  const file = files.find((path) => resolve(path) === fileName)
  return `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`
})
process.stdout.write(JSON.stringify({ of: asked.length, places: [...new Set(places)] }))
