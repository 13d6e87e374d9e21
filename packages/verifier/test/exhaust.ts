import { wholeDecision, dossierFor } from './whole-decision.ts'
import { withValue } from './log.ts'
import { verify, dossierText } from '../src/index.ts'
const w = wholeDecision('Ed25519')
const { entries, documents } = w.log
const places: [number, string][] = []
const walk = (v: any, p: string, i: number) => { if (typeof v === 'object' && v !== null) for (const [k, x] of Object.entries(v)) walk(x, p + '/' + k, i); else places.push([i, p]) }
entries.forEach((e, i) => walk(e, '', i))
console.log(places.length)
const t0 = performance.now()
let max = 0
for (const [i, p] of places) {
  const old: any = p.split('/').slice(1).reduce((v: any, k) => v[k], entries[i])
  const next = typeof old === 'number' ? old + 1 : typeof old === 'boolean' ? !old : typeof old === 'string' ? old.replace(/.$/, (c: string) => (c === '1' ? '2' : '1')) : 1
  let text
  try { text = dossierText(dossierFor({ entries: entries.with(i, withValue(entries[i]!, p, () => next)) as any, documents })) } catch { continue }
  const t = performance.now()
  const v = verify(text)
  max = Math.max(max, performance.now() - t)
  if (v.verdict !== 'fails') console.log(entries[i]!.type, i, p, old)
  else if (v.fault!.entry !== i) console.log('  other entry', entries[i]!.type, i, p, v.fault!.check, v.fault!.code, v.fault!.entry)
}
console.log('done', performance.now() - t0, 'max', max)
