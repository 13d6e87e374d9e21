import { welshAsIf } from '../constrained/welsh.ts'
import type { CommonPhrases, FlowWords, Phrases } from './phrases.ts'
import { welshBudget, welshCommittee, welshGrades, welshMajority, welshPairs, welshSingle } from './welsh-stages.ts'
import { papurau, pleidleisiau, rhestr, rhif, rhifTestun } from './welsh-phrases.ts'
import { welshStv } from './welsh-stv.ts'
import type { CountWords } from './words.ts'
import { wordsFrom } from './words-from.ts'

const flow: FlowWords = {
  title: 'Trosglwyddo pleidleisiau',
  described:
    'Colofn o farrau ar gyfer pob cam a bandiau ar gyfer y pleidleisiau sy’n aros a’r rhai sy’n symud. Mae’r tabl ar ei ôl yn dweud yr un peth.',
  stage: (number) => `Cam ${number}`,
  ends: {
    'non-transferable': 'Anhrosglwyddadwy',
    lost: 'Collwyd wrth dorri degolion',
    pool: 'Pob gwarged a phob un a dynnwyd o’r cyfrif',
  },
  headings: ['Cam', 'O', 'I', 'Pleidleisiau'],
}

const common: CommonPhrases = {
  list: rhestr,
  votes: pleidleisiau,
  papers: papurau,
  points: (figure) => rhifTestun(figure, 'pwynt', 'o bwyntiau'),
  seats: (n) => rhif(n, 'sedd', 'o seddi'),
  candidate: (number) => `ymgeisydd ${number}`,
  stage: (number) => `Cam ${number}`,
  headings: {
    candidate: 'Ymgeisydd',
    project: 'Prosiect',
    votes: 'Pleidleisiau',
    points: 'Pwyntiau',
    cost: 'Cost',
    left: 'Ar ôl',
    outcome: 'Canlyniad',
    step: 'Cam',
    figure: 'Ffigur',
    tied: 'Yn gyfartal â',
    total: 'Cyfanswm',
    quota: 'Cwota',
    majority: 'Mwyafrif',
    'non-transferable': 'Anhrosglwyddadwy',
    base: 'Sail',
    line: 'Llinell',
    margin: 'Gwahaniaeth',
    condition: 'Amod',
    winner: 'Enillydd',
    loser: 'Collwr',
    for: 'O blaid',
    against: 'Yn erbyn',
    locked: 'Wedi’i gloi',
    grade: 'Gradd fwyafrifol',
    none: 'Y ddau yr un fath',
    method: 'Dull',
    seats: 'Seddi',
    valid: 'Papurau dilys',
    blank: 'Papurau heb eu cyfrif',
    papers: 'Papurau',
    budget: 'Cyllideb',
    spent: 'Gwariwyd',
    share: 'Cyfran',
  },
  captions: {
    stages: 'Pleidleisiau ar ddiwedd pob cam',
    pairs: 'Papurau sy’n ffafrio ymgeisydd y rhes dros un y golofn',
    paths: 'Cryfder y gadwyn gryfaf o’r rhes i’r golofn',
    locking: 'Buddugoliaethau o’r gryfaf i lawr',
    grades: 'Papurau ar gyfer pob gradd',
    steps: 'Gam wrth gam',
    projects: 'Prosiectau',
    conditions: 'Amodau',
    approvals: 'Papurau sy’n cymeradwyo pob ymgeisydd',
    ranking: 'Cyfansymiau',
  },
  yes: 'ydy',
  no: 'nac ydy',
  elected: (names, unfilled) => {
    const rest = unfilled === 0 ? '' : ` Erys ${rhif(unfilled, 'sedd', 'o seddi')} yn wag.`
    return names.length === 0 ? `Ni etholwyd neb.${rest}` : `Etholwyd: ${rhestr(names)}.${rest}`
  },
  standing: {
    elected: (stage, atQuota) => `etholwyd yng ngham ${stage}${atQuota ? '' : ', fel yr olaf ar ôl'}`,
    excluded: (stage) => `tynnwyd o’r cyfrif yng ngham ${stage}`,
    'not reached': 'yn dal i mewn ar y diwedd',
    withdrawn: 'tynnodd yn ôl',
    chosen: 'etholwyd',
    'not chosen': 'nis etholwyd',
    funded: 'ariannwyd',
    'not funded': 'nis ariannwyd',
    placed: (place) => `nis etholwyd, yn safle ${place}`,
  },
  byLot: (tied, chosen) =>
    `Mae’r rheol yn gadael ${rhestr(tied)} yn gyfartal. Y drefn goelbren gyhoeddedig a benderfynodd: ${rhestr(chosen)}.`,
}

const phrases: Phrases = {
  language: 'cy',
  common,
  flow,
  stv: welshStv,
  majority: welshMajority,
  pairs: welshPairs,
  grades: welshGrades,
  committee: welshCommittee,
  budget: welshBudget,
  single: welshSingle,
  asIf: welshAsIf,
}

/** Counts told in Welsh; awaiting a native reader. */
export const welsh: CountWords = wordsFrom(phrases)
