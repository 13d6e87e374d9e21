import { readFileSync } from 'node:fs'

const lantern = readFileSync(new URL('../rulebooks/lantern.md', import.meta.url), 'utf8')
/** Kinds that stand once in a rulebook, and so in its first part alone. */
const once = /^kind: (?:calendar|standing|transition|validity|genesis|interest|superior|dissolution|service)$/m

/** Lantern's clauses over again under other numbers and other ids, until there are so many. */
export function rulebookOf(clausesMin: number): string {
  const clauses = lantern.split(/^(?=#{2,6} \d)/m).slice(1)
  const ids = [...lantern.matchAll(/^id: ([a-z-]+)$/gm)].map((m) => m[1] ?? '').filter((id) => id !== 'notice')
  const any = new RegExp(
    `(?<![a-z-]|kind: |act: |effect: |adopted |removal of |at |this )(?:${ids.toSorted((a, b) => b.length - a.length).join('|')})(?![a-z-]|:| sitting| open)`,
    'g',
  )
  const out = [...clauses]
  for (let part = 1; out.length < clausesMin; part++)
    for (const clause of clauses) {
      if (once.test(clause)) continue
      const [title = '', ...rest] = clause.split('\n')
      const body = rest
        .join('\n')
        .replace(any, (id) => `${id}-${part}`)
        .replace(/^guards: .*$/m, (line) => line.replace(/\d+/g, (n) => String(100 * part + Number(n))))
        .replace(/breaks 5/, `breaks ${100 * part + 5}`)
      out.push([title.replace(/\d+/, (n) => String(100 * part + Number(n))), body].join('\n'))
    }
  return ['# Many clauses\n\n', ...out.slice(0, clausesMin)].join('')
}
