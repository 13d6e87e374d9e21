import { canonicalJson, fail, isJson, type Json, type JsonObject, ok, type Result } from '@quorate/kernel'

import { checkedFile, type CheckedFileFault, parseCheckedFile } from '../checked-file.ts'
import { trusteesMax } from './trustees-format.ts'

/**
 * Everything a trustee's program would have asked the server, in one file for a program that asks nobody. `ceremony`, `election` and `box` are the answers
 * of the three addresses of docs/spec/http.md, exactly; the last two null before the set-up. The file holds nothing secret.
 */
export type TrusteeTask = {
  readonly uuid: string
  /** When it was made, milliseconds: of two tasks the later one says more. */
  readonly at: number
  readonly ceremony: JsonObject
  readonly election: JsonObject | null
  readonly box: JsonObject | null
}

/** One thing that a trustee's program would have sent. */
export type TrusteePost =
  | { readonly kind: 'step'; readonly step: 1 | 2 | 3; readonly message: string }
  | { readonly kind: 'shuffle'; readonly after: string | null; readonly shuffle: string }
  | {
      readonly kind: 'opening'
      readonly payload: string
      readonly proof: { readonly challenge: string; readonly response: string }
    }

/** What a trustee carries back: what is to be sent, in order. `index` is the trustee's place, from 1. */
export type TrusteeAnswer = { readonly uuid: string; readonly index: number; readonly posts: readonly TrusteePost[] }

const taskFormat = 'quorate/trustee-task/v1'
const answerFormat = 'quorate/trustee-answer/v1'

// A step of each kind, one shuffle, one opening.
const postsMax = 5
// A message of a hundred trustees with a hundred sealed shares has some 60,000 characters; a scalar of any group 617 digits.
const [messageMax, scalarMax] = [200_000, 700]

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isObjectOrNull = (value: Json | undefined): value is JsonObject | null => value === null || isObject(value)
const isText = (value: Json | undefined, most: number): value is string => typeof value === 'string' && value.length <= most
const isUuid = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(value)

/** Exact text of a task file. */
export const trusteeTaskFile = ({ uuid, at, ceremony, election, box }: TrusteeTask): string =>
  checkedFile(taskFormat, { uuid, at, ceremony, election, box })

/** Reads a task file. What the server's answers in it are worth is judged where they are used, as if they had come over the wire. */
export function parseTrusteeTask(text: string): Result<TrusteeTask, CheckedFileFault> {
  const read = parseCheckedFile(taskFormat, text)
  if (read.kind === 'fail') return read
  const { uuid, at, ceremony, election, box } = read.value
  return isUuid(uuid) && typeof at === 'number' && isObject(ceremony) && isObjectOrNull(election) && isObjectOrNull(box)
    ? ok({ uuid, at, ceremony, election, box })
    : fail('damaged')
}

/** Exact text of an answer file. */
export const trusteeAnswerFile = ({ uuid, index, posts }: TrusteeAnswer): string =>
  checkedFile(answerFormat, { uuid, index, posts })

/** Reads an answer file: its form alone. Every proof in it is checked where it is posted. */
export function parseTrusteeAnswer(text: string): Result<TrusteeAnswer, CheckedFileFault> {
  const read = parseCheckedFile(answerFormat, text)
  if (read.kind === 'fail') return read
  const { uuid, index, posts } = read.value
  if (!isUuid(uuid) || typeof index !== 'number' || index < 1 || index > trusteesMax) return fail('damaged')
  if (!Array.isArray(posts) || posts.length === 0 || posts.length > postsMax) return fail('damaged')
  const all = (posts as readonly Json[]).flatMap((post): TrusteePost[] => {
    const known = isObject(post) ? postOf(post) : null
    // Nothing beside the fields of its kind.
    return known !== null && isJson(known) && canonicalJson(known) === canonicalJson(post) ? [known] : []
  })
  return all.length === posts.length ? ok({ uuid, index, posts: all }) : fail('damaged')
}

function postOf({ kind, step, message, after, shuffle, payload, proof }: JsonObject): TrusteePost | null {
  if (kind === 'step' && (step === 1 || step === 2 || step === 3) && isText(message, messageMax)) return { kind, step, message }
  const follows = after === null || (typeof after === 'string' && /^[0-9a-f]{64}$/.test(after))
  if (kind === 'shuffle' && follows && typeof shuffle === 'string') return { kind, after, shuffle }
  if (kind !== 'opening' || typeof payload !== 'string' || !isObject(proof)) return null
  const { challenge, response } = proof
  return isText(challenge, scalarMax) && isText(response, scalarMax) ? { kind, payload, proof: { challenge, response } } : null
}
