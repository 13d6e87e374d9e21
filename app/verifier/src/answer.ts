import { fromUtf8, instant, utf8 } from '@quorate/kernel'
import { parseEntry, parseVerifierKey, verifierKeyText } from '@quorate/record'
import { fastEd25519, parseDossier, verify, type Verdict, type VerifyOptions } from '@quorate/verifier'
import type { About, Answer, Question } from './protocol.ts'

/** Checks a dossier as the worker is asked to. `say` hears how far it has come, at most ten times a second. */
export function answer(question: Question, say: (progress: Answer) => void, clock: () => number): Answer {
  const key = question.key === '' ? null : parseVerifierKey(question.key)
  if (key?.kind === 'fail') return { kind: 'refused', what: 'key' }
  if (question.booth !== '' && !/^[0-9a-f]{64}$/.test(question.booth)) return { kind: 'refused', what: 'booth' }
  if (question.registrar !== '' && !/^[A-Za-z0-9_-]{43}$/.test(question.registrar)) return { kind: 'refused', what: 'registrar' }
  let last = 0
  const options: VerifyOptions = {
    now: instant(question.now),
    wasm: fastEd25519,
    copies: question.copies,
    ...(key === null ? {} : { logKey: key.value }),
    ...(question.booth === '' ? {} : { booth: question.booth }),
    ...(question.registrar === '' ? {} : { registrar: question.registrar }),
    progress: ({ check, done, total }) => {
      const at = clock()
      if (at - last < 100) return
      last = at
      say({ kind: 'progress', check, done, total })
    },
  }
  const verdict = verify(question.dossier, options)
  return { kind: 'verdict', verdict, about: aboutOf(question.dossier, verdict) }
}

function aboutOf(bytes: Uint8Array, { fault }: Verdict): About {
  const text = fromUtf8(bytes)
  const dossier = text.kind === 'ok' ? parseDossier(text.value) : text
  if (dossier.kind === 'fail') return { key: '', typeAtFault: '' }
  const at = fault?.entry ?? null
  const stored = at === null ? undefined : dossier.value.entries.find(({ index }) => index === at)
  const entry = stored === undefined ? null : parseEntry(utf8(stored.bytes))
  return { key: verifierKeyText(dossier.value.logKey), typeAtFault: entry?.kind === 'ok' ? entry.value.type : '' }
}
