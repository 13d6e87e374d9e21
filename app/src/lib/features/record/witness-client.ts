import { fail, ok, type Result } from '@quorate/kernel'
import {
  addCheckpointText,
  consistencyProof,
  parseVerifierKey,
  takeCosignatures,
  type HashReader,
  type VerifierKey,
} from '@quorate/record'

/** A witness that the operator has named: its key, and the address under which `add-checkpoint` is. */
export type WitnessPeer = { readonly key: VerifierKey; readonly url: string }

/**
 * Why a witness did not cosign. `ahead` is an alarm: it has signed a longer log than ours, so ours has been rolled back. `refused` with 409 or
 * 422 is one too: what we hold does not continue what it has signed.
 */
export type WitnessFault =
  | { readonly kind: 'no answer'; readonly why: string }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'ahead'; readonly size: number }
  | { readonly kind: 'no cosignature' }

/** Reads the setting `QUORATE_WITNESSES`: `KEY ADDRESS` for each witness, separated by blanks. Null when it is none. */
export function parseWitnesses(text: string): readonly WitnessPeer[] | null {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const peers: WitnessPeer[] = []
  for (let i = 0; i < words.length; i += 2) {
    const [key, url] = [parseVerifierKey(words[i] ?? ''), words[i + 1] ?? '']
    if (key.kind === 'fail' || key.value.type !== 4 || !/^https?:\/\//.test(url) || !URL.canParse(url)) return null
    peers.push({ key: key.value, url: url.replace(/\/+$/, '') })
  }
  return peers
}

/** What is to be cosigned: the signed checkpoint, its size and its tree. */
export type ToCosign = { readonly note: string; readonly size: number; readonly tree: HashReader }

// An answer is a few lines of 150 characters.
const answerCharactersMax = 10_000

/**
 * Asks one witness to cosign. `old`: the size it cosigned last as far as we know; where it knows better, it says so and is asked once more.
 * Returns the checkpoint with its line. Never throws; takes at most twice `timeoutMs`.
 */
export async function askWitness(
  peer: WitnessPeer,
  { note, size, tree }: ToCosign,
  old: number,
  timeoutMs: number,
): Promise<Result<string, WitnessFault>> {
  let from = Math.min(old, size)
  for (let attempt = 0; ; attempt++) {
    const body = addCheckpointText({ old: from, proof: consistencyProof(from, size, tree), checkpoint: note })
    const answer = await post(`${peer.url}/add-checkpoint`, body, timeoutMs)
    if (answer.kind === 'fail') return answer
    const { status, type, text } = answer.value
    if (status === 200) {
      const taken = takeCosignatures(note, text, [peer.key])
      return taken.by.length === 0 ? fail({ kind: 'no cosignature' }) : ok(taken.checkpoint)
    }
    const knows = status === 409 && type === 'text/x.tlog.size' ? /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1] : undefined
    if (knows === undefined || attempt > 0) return fail({ kind: 'refused', status })
    if (Number(knows) > size) return fail({ kind: 'ahead', size: Number(knows) })
    from = Number(knows)
  }
}

type Answer = { readonly status: number; readonly type: string; readonly text: string }

async function post(url: string, body: string, timeoutMs: number): Promise<Result<Answer, WitnessFault>> {
  try {
    const answer = await fetch(url, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    let text = ''
    const decoder = new TextDecoder()
    for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(part, { stream: true })
      if (text.length > answerCharactersMax) return fail({ kind: 'no answer', why: 'its answer is too long' })
    }
    return ok({ status: answer.status, type, text })
  } catch (error) {
    return fail({ kind: 'no answer', why: error instanceof Error ? error.name : String(error) })
  }
}
