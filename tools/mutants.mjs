// Two plugins for Stryker, and a change to how it samples. `needless` leaves out changes that can make no difference: to an assertion (it fires only
// when an invariant is broken, which no test can bring about) and to the fallback of an element that is known to be there (`totals[c] ?? 0n`:
// the type wants it). `as-it-goes` writes a line for every mutant asked to .stryker-tmp/progress.txt: a run may take hours, and its report
// comes at the end. With a share below one, only a seeded sample of the mutants is put into the code: the others are reported as ignored, "not
// drawn". Stryker itself can only leave out what it has already put in, and code with all its mutants in it runs some ten times slower.
// Each mutant is drawn or not by a hash of what it changes and where, so the same seed draws the same mutants on every machine.
import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { inOneProcess } from './mutants/runner.mjs'

// Not part of what the instrumenter exports: `npm run nightly` alone rests on it, and says so when a new version has moved it.
const inner = new URL('../node_modules/@stryker-mutator/instrumenter/dist/src/', import.meta.url)
const { Instrumenter } = await import(new URL('index.js', inner).href)
const { MutantCollector } = await import(new URL('transformers/mutant-collector.js', inner).href)

const share = Number(process.env['QUORATE_MUTANTS_SHARE'] ?? '1')
const seed = process.env['QUORATE_MUTANTS_SEED'] ?? '1'

const nameOf = ({ fileName, location, mutatorName, replacement }) =>
  JSON.stringify([seed, fileName.slice(fileName.lastIndexOf('packages/')), location, mutatorName, replacement])

/** Whether a mutant is in the sample. */
const isDrawn = (name) => createHash('sha256').update(name).digest().readUInt32BE() < share * 2 ** 32

/** Instruments twice: once to know all mutants there are, once with those that were drawn. */
function sampled() {
  const { instrument } = Instrumenter.prototype
  const { collect } = MutantCollector.prototype
  let drawn
  MutantCollector.prototype.collect = function (...words) {
    const mutant = collect.apply(this, words)
    if (drawn !== undefined && !drawn.has(nameOf(mutant.toApiMutant()))) mutant.ignoreReason ??= 'not drawn'
    return mutant
  }
  Instrumenter.prototype.instrument = async function (files, options) {
    drawn = undefined
    const all = await instrument.call(this, files, options)
    const names = new Set(all.mutants.map(nameOf))
    drawn = new Set([...names].filter(isDrawn))
    const { files: changed, mutants } = await instrument.call(this, files, options)
    // A call that is left out counts only where nothing within it is changed; of those not drawn the first run alone knows that.
    return { files: changed, mutants: mutants.filter((mutant) => names.has(nameOf(mutant))) }
  }
}
if (share < 1) sampled()

/** Whether a part of `a[i] ?? fallback` or `a[i]?.b ?? fallback` reads an element by its index. */
const readsElement = (node) =>
  (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') && (node.computed || readsElement(node.object))

const ignorer = {
  shouldIgnore: ({ node, parent, key }) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'assert')
      return 'an assertion'
    if (parent?.type !== 'LogicalExpression' || parent.operator !== '??' || !readsElement(parent.left)) return undefined
    const word = node.type === 'UnaryExpression' ? node.argument : node // -1
    const isFallback = key === 'right' && /Literal$|^(Array|Object)Expression$/.test(word.type)
    return isFallback || (key === 'left' && node.type === 'OptionalMemberExpression') ? 'a fallback for the type' : undefined
  },
}

const asItGoes = {
  onMutantTested({ fileName, location, mutatorName, replacement, status }) {
    if (status === 'Ignored') return
    const place = `${fileName.slice(fileName.lastIndexOf('packages/'))}:${location.start.line}:${location.start.column}`
    appendFileSync(
      '.stryker-tmp/progress.txt',
      `${status} ${place} ${mutatorName} ${JSON.stringify(replacement.slice(0, 100))}\n`,
    )
  },
}

export const strykerPlugins = [
  inOneProcess,
  { kind: 'Ignore', name: 'needless', value: ignorer },
  { kind: 'Reporter', name: 'as-it-goes', factory: () => asItGoes },
]
