import { ballotContext, interval, isListAnswer } from './ballot.ts'
import type { ReadBallot } from './ballot-check.ts'
import type { Election } from '../election.ts'
import { isListQuestion } from './question.ts'
import type { Proof } from '../schnorr.ts'

/**
 * One branch of a proof: A = z·G + c·(Σ α of `places`), and where it is about a plaintext also B = z·y + c·(Σ β of `places` − M·G). No
 * places: A = z·G + c·X, X the credential. Places count through the ballot.
 */
type Branch = { readonly places: readonly number[]; readonly M: number | null; readonly c: bigint; readonly z: bigint }

/** A proof of a ballot: what is hashed before its commitments, and the branches whose challenges add up to that hash. */
export type BallotProof = {
  readonly branches: readonly Branch[]
  /** `sums`: texts `α,β` of the sums that {@link BallotEquations.sums} asks for. */
  readonly statement: (sums: readonly string[]) => string
}

/** Everything that a ballot claims about the curve. */
export type BallotEquations = {
  /** Texts of α and β of every place. */
  readonly ciphertexts: readonly (readonly [string, string])[]
  /** Sums of places whose texts the statements need. */
  readonly sums: readonly (readonly number[])[]
  readonly proofs: readonly BallotProof[]
}

const scalars = ({ challenge, response }: Proof): { readonly c: bigint; readonly z: bigint } => ({
  c: BigInt(challenge),
  z: BigInt(response),
})

/** The equations of a ballot whose counts and scalars are right; the same ones that the strict check recomputes one by one. */
export function ballotEquations(election: Election, { message, digest }: ReadBallot): BallotEquations {
  const { fingerprint } = election
  const ciphertexts: (readonly [string, string])[] = []
  const sums: (readonly number[])[] = []
  const proofs: BallotProof[] = [
    { branches: [{ places: [], M: null, ...scalars(message.signature.proof) }], statement: () => `sig|${digest}` },
  ]
  const { S0 } = ballotContext(fingerprint, message.credential, [])
  for (const [i, answer] of message.answers.entries()) {
    const question = election.message.questions[i]
    const first = ciphertexts.length
    if (isListAnswer(answer)) {
      const { alpha, beta } = answer.choices
      ciphertexts.push([alpha, beta])
      const key = election.message.public_key
      proofs.push({
        branches: [{ places: [first], M: null, ...scalars(answer.proof) }],
        statement: () => `raweg|${S0}|${key},${alpha},${beta}`,
      })
      continue
    }
    if (question === undefined || isListQuestion(question)) continue
    for (const { alpha, beta } of answer.choices) ciphertexts.push([alpha, beta])
    const texts = answer.choices.map(({ alpha, beta }) => `${alpha},${beta}`)
    const { S } = ballotContext(fingerprint, message.credential, texts)
    const places = answer.choices.map((_, place) => first + place)
    const oneOf = (alternatives: readonly (readonly [readonly number[], number])[], list: readonly Proof[]): readonly Branch[] =>
      alternatives.map(([of, M], j) => ({ places: of, M, ...scalars(list[j] ?? { challenge: '0', response: '0' }) }))
    for (const [place, list] of answer.individual_proofs.entries()) {
      const own = [first + place]
      const text = texts[place] ?? ''
      proofs.push({
        branches: oneOf(
          [
            [own, 0],
            [own, 1],
          ],
          list,
        ),
        statement: () => `prove|${S0}|${text}`,
      })
    }
    const totals = interval(question.min, question.max)
    if (question.blank !== true) {
      const sum = sums.push(places) - 1
      proofs.push({
        branches: oneOf(
          totals.map((M) => [places, M]),
          answer.overall_proof,
        ),
        statement: (sumTexts) => `prove|${S}|${sumTexts[sum] ?? ''}`,
      })
      continue
    }
    const [blank, others] = [[first], places.slice(1)]
    proofs.push(
      {
        branches: oneOf(
          [
            [blank, 0],
            [others, 0],
          ],
          answer.blank_proof ?? [],
        ),
        statement: () => `bproof0|${S}`,
      },
      {
        branches: oneOf([[blank, 1], ...totals.map((M) => [others, M] as const)], answer.overall_proof),
        statement: () => `bproof1|${S}`,
      },
    )
  }
  return { ciphertexts, sums, proofs }
}

/** Number of hints of a ballot: α and β of every place, then of every branch A, and B where it has one. */
export const hintCount = ({ ciphertexts, proofs }: BallotEquations): number =>
  2 * ciphertexts.length + proofs.flatMap(({ branches }) => branches).reduce((n, { M }) => n + (M === null ? 1 : 2), 0)
