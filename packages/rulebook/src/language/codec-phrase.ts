import { fail, ok, type Result } from '@quorate/kernel'
import { bad, type Codec, type TypeOf, type Written } from './codec.ts'
import type { Fault } from './diagnostic.ts'
import type { Shape } from './shape.ts'
import type { Tree } from './tree.ts'

type Slots = { readonly [name: string]: Codec<unknown> }
/** A phrase as a value: its pattern is its kind, its slots are fields. */
export type Phrase<P extends string, S extends Slots> = { readonly kind: P } & { readonly [K in keyof S]: TypeOf<S[K]> }

/** A codec of one phrase; `pattern` is the kind of what it reads. */
export type PhraseCodec<T> = Codec<T> & { readonly pattern: string; readonly shape: PhraseShape }
type PhraseShape = Extract<Shape, { readonly kind: 'phrase' }>

const escaped = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a slot or a phrase writes is always a text. */
export const plain = (written: Written): string => (typeof written === 'string' ? written : '')

/** A closed phrase with slots: `phrase('<length> after <event>', { length: duration, event: id })`. */
export function phrase<const P extends string, const S extends Slots>(pattern: P, slots: S): PhraseCodec<Phrase<P, S>> {
  const names = [...pattern.matchAll(/<([a-zA-Z]+)>/g)].map((m) => m[1] ?? '')
  const parts = pattern.split(/<[a-zA-Z]+>/)
  const shape = new RegExp(`^${parts.map(escaped).join('(.+?)')}$`, 'd')
  const slotShapes = Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, slot.shape]))
  return {
    pattern,
    shape: { kind: 'phrase', pattern, slots: slotShapes },
    read: (tree) => {
      if (tree.kind !== 'text') return bad(tree, 'R0304', pattern)
      const found = tree.text.length <= 400 ? shape.exec(tree.text) : null
      if (found === null) return bad(tree, 'R0305', pattern)
      const values: Record<string, unknown> = { kind: pattern }
      for (const [i, name] of names.entries()) {
        const [from = 0] = found.indices?.[i + 1] ?? []
        const at = { line: tree.at.line, column: tree.at.column + from }
        const value = slots[name]?.read({ kind: 'text', text: found[i + 1] ?? '', at })
        if (value === undefined) return bad(tree, 'R0305', pattern)
        if (value.kind === 'fail') {
          const { help } = value.error
          return fail({ ...value.error, help: pattern === `<${name}>` ? help : `${pattern}, where <${name}> is ${help}` })
        }
        values[name] = value.value
      }
      // Every slot of the pattern was read above, so the record has exactly the fields the type promises.
      return ok(values as Phrase<P, S>)
    },
    write: (value) =>
      parts.reduce((out, part, i) => {
        const name = names[i - 1] ?? ''
        const slot = (value as { readonly [key: string]: unknown })[name]
        return i === 0 ? part : `${out}${plain(slots[name]?.write(slot) ?? '')}${part}`
      }, ''),
  }
}

type Phrases = readonly [PhraseCodec<{ readonly kind: string }>, ...PhraseCodec<{ readonly kind: string }>[]]

/** How much of a phrase a fault says was there: all but a slot, part of an expression, or nothing worth showing. */
const nearness = (fault: Fault, tree: Tree, pattern: string): number =>
  fault.help === pattern ? 0 : /[a-z]/.test(pattern.replace(/<[a-zA-Z]+>/g, '')) ? 2 : fault.at.column > tree.at.column ? 1 : 0

/** One of several phrases; the first that reads wins. Of those that do not, the nearest says why. */
export function phrases<const C extends Phrases>(...codecs: C): Codec<TypeOf<C[number]>> {
  return {
    shape: { kind: 'phrases', of: codecs.map((c) => c.shape) },
    read: (tree) => {
      let nearest: { readonly fault: Fault; readonly near: number } | null = null
      for (const codec of codecs) {
        const value = codec.read(tree)
        // What one of these codecs reads is a member of their union; TypeScript does not see it through the loop.
        if (value.kind === 'ok') return value as Result<TypeOf<C[number]>, Fault>
        const near = nearness(value.error, tree, codec.pattern)
        if (near > (nearest?.near ?? 0)) nearest = { fault: value.error, near }
      }
      if (nearest !== null) return fail(nearest.fault)
      return bad(tree, tree.kind === 'text' ? 'R0305' : 'R0304', `one of: ${codecs.map((c) => c.pattern).join('; ')}`)
    },
    write: (value) => {
      const phraseValue = value
      return codecs.find((c) => c.pattern === phraseValue.kind)?.write(phraseValue) ?? ''
    },
  }
}
