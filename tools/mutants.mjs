// Two plugins for Stryker. `needless` leaves out changes that can make no difference: to an assertion (it fires only when an invariant is broken,
// which no test can bring about) and to the fallback of an element that is known to be there (`totals[c] ?? 0n`: the type wants it).
// `drawn` is a checker that lets a seeded sample of mutants through: the others are answered for as if they had not compiled, so that no
// test is run for them. Each mutant is drawn or not by a hash of what it changes and where, so the same seed draws the same mutants on every
// machine, whatever order they come in.
import { createHash } from 'node:crypto'

const share = Number(process.env['QUORATE_MUTANTS_SHARE'] ?? '1')
const seed = process.env['QUORATE_MUTANTS_SEED'] ?? '1'

/** Whether a mutant is in the sample. */
export const isDrawn = ({ fileName, location, mutatorName, replacement }) => {
  const place = fileName.slice(fileName.lastIndexOf('packages/'))
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, place, location, mutatorName, replacement]))
    .digest()
  return digest.readUInt32BE() < share * 2 ** 32
}

const checker = {
  init: async () => undefined,
  group: async (mutants) => [mutants.map(({ id }) => id)],
  check: async (mutants) =>
    Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isDrawn(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
      ]),
    ),
}

/** Whether a part of `a[i] ?? fallback` or `a[i]?.b ?? fallback` reads an element by its index. */
const readsElement = (node) =>
  (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') && (node.computed || readsElement(node.object))

export const ignorer = {
  shouldIgnore: ({ node, parent, key }) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'assert')
      return 'an assertion'
    if (parent?.type !== 'LogicalExpression' || parent.operator !== '??' || !readsElement(parent.left)) return undefined
    const isFallback = key === 'right' && /Literal$|^(Array|Object)Expression$/.test(node.type)
    return isFallback || (key === 'left' && node.type === 'OptionalMemberExpression') ? 'a fallback for the type' : undefined
  },
}

export const strykerPlugins = [
  { kind: 'Checker', name: 'drawn', factory: () => checker },
  { kind: 'Ignore', name: 'needless', value: ignorer },
]
