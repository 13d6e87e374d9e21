import { certificateText } from '../constrained/english.ts'
import type { IterationsEnd } from '../trace.ts'
import { counted, listed } from './english-phrases.ts'
import type { StvPhrases, TieTold } from './phrases.ts'

const iterationsEnded: Readonly<Record<IterationsEnd, string>> = {
  elected: 'when somebody reached the quota',
  spent: 'when hardly any surplus was left',
  certain: 'when the surplus could no longer save the lowest',
  stuck: 'when nine decimals could make the surplus no smaller',
  doomed: 'because somebody could no longer be elected',
}

/** Transferable votes told in English. */
export const englishStv: StvPhrases = {
  stage: (number, sentences) => `Stage ${number}: ${sentences}`,
  sorted: (valid, invalid) =>
    `${counted(valid, 'valid paper was', 'valid papers were')} sorted by first preference${
      invalid === 0 ? '' : ` (${counted(invalid, 'paper', 'papers')} without a clear first preference set aside)`
    }.`,
  quota: (seats, quota) => `For ${counted(seats, 'seat', 'seats')} the quota is ${quota}.`,
  newQuota: (active, quota) => `With ${active} still in play, the quota is now ${quota}.`,
  surplus: (who, surplus, waiting, papers) => {
    const which = waiting === 'none' ? '' : waiting === 'largest' ? ', the largest surplus' : ', the surplus chosen'
    const moved =
      papers === 'last parcel'
        ? 'the papers that had brought it passed on, each at the same value'
        : `all of ${who}’s papers passed on, each at part of its value`
    return `${who} had ${surplus} more than the quota${which}, so ${moved}.`
  },
  defer: (whose, surplus, lowest, next) =>
    `${whose.length === 1 ? 'The surplus' : 'The surpluses'} of ${listed(whose)} (${surplus}) could not lift ${listed(lowest)} above the next, who had ${next}, so ${whose.length === 1 ? 'it' : 'they'} waited.`,
  iterated: (times, first, last, ended, surplus) => {
    const span = times === 1 ? `iteration ${first}` : `iterations ${first} to ${last}`
    return `All papers were counted again ${times === 1 ? 'once' : `${times} times`} (${span}), the elected keeping less of each vote. It stopped ${iterationsEnded[ended]}, with ${surplus} of surplus left.`
  },
  gainedMost: (who, votes) => `${who} gained most, ${votes}.`,
  excludedTogether: (each, moved) =>
    `${listed(each)} had together no more than the next above, so all of them were excluded${passedOn(moved)}.`,
  excluded: (who, votes, bare, tied, quota, moved, guarded) => {
    const among = guarded ? ' of those who need not be kept' : ''
    const fewest = tied ? `with ${votes}` : `with the fewest votes${among} (${bare})`
    const reason = quota === null ? '' : `No surplus was left and nobody new had ${quota}, so `
    return `${reason}${who}, ${fewest}, was excluded${passedOn(moved)}.`
  },
  went: (most, none) => {
    const gained = most === null ? [] : [`${most.who} gained most, ${most.votes}`]
    const lost = none === null ? [] : [`${counted(none.papers, 'paper', 'papers')} named nobody still in (${none.votes})`]
    return `${[...gained, ...lost].join('; ')}.`
  },
  nothingWent: 'There were no papers to pass on.',
  bound: certificateText,
  excludedDoomed: (who, votes, moved) =>
    `${who}, who could no longer be elected and had ${votes}, was excluded${passedOn(moved)}.`,
  filledGuarded: (who) => {
    const n = who.length
    return `${counted(n, 'place was', 'places were')} left, and ${listed(who)} must have ${n === 1 ? 'it' : 'them'}, so ${n === 1 ? 'that candidate was' : 'they were'} elected without any further transfer.`
  },
  atQuota: (quota, each) => `Elected by reaching the quota of ${quota}: ${listed(each)}.`,
  withEnough: (needed, each) => `Elected with enough for the places left (${needed}): ${listed(each)}.`,
  nobodyYet: 'Nobody had reached the quota.',
  runoff: {
    majority: (needed, active) => `A majority${active === null ? '' : ` of the ${active} still counting`} is ${needed}.`,
    won: (needed, each) => `Elected with a majority (${needed} ${needed === '1' ? 'was' : 'were'} enough): ${listed(each)}.`,
    lastTwo: (each) => `Of the last two, the one with more votes is elected: ${listed(each)}.`,
    nobodyYet: 'Nobody had a majority.',
    nearest: (votes, stage) => `The smallest gap to a majority was ${votes}, at stage ${stage}.`,
  },
  filled: (who, places, unfilled) => {
    const n = who.length
    const left = n === 1 ? 'One candidate was' : `${n} candidates were`
    const rest = unfilled === 0 ? '' : ` ${counted(unfilled, 'seat stays', 'seats stay')} empty.`
    return `${left} left for ${counted(places, 'seat', 'seats')}, so ${listed(who)} ${n === 1 ? 'was' : 'were'} elected without any further transfer.${rest}`
  },
  with: (who, votes) => `${who} with ${votes}`,
  bracketed: (who, figure) => `${who} (${figure})`,
  tie: tieText,
  stillIn: (who, votes) => `${who} was still in with ${votes} when the last seat was filled.`,
  excludedAt: (who, stage, votes, behind) =>
    `${who} was excluded at stage ${stage} with ${votes}${behind === null ? '' : `, ${behind.votes} behind ${behind.who}`}.`,
  destinations: (each) =>
    `Those papers went to ${listed(each.map(({ who, figure, papers }) => `${who ?? 'nobody still in'} ${figure} (${counted(papers, 'paper', 'papers')})`))}.`,
  nearest: (votes, stage) => `The smallest gap to the quota was ${votes}, at stage ${stage}.`,
}

const passedOn = (moved: boolean): string => (moved ? ' and those papers passed on' : '')

function tieText({ names, total, purpose, chosen, steps, unit, look, numbers, byLot }: TieTold): string {
  const how = purpose === 'exclusion' ? 'fewest' : 'most'
  const told = steps.map(({ at, left }) => `at ${unit} ${at} ${listed(left)} had the ${how}`)
  const looked =
    look === 'none'
      ? 'The surplus left is too small to tell them apart'
      : look === 'lot at once'
        ? 'The rule asks the lot at once'
        : told.length === 0
          ? `They had been level at every ${unit}`
          : `${look === 'back' ? 'Looking back' : 'Looking from the first figures on'}, ${listed(told)}`
  const end = {
    surplus: `${chosen}’s surplus went first`,
    exclusion: `${chosen} was the one to go`,
    election: `${chosen} took the place`,
  }[purpose]
  const before = told.length === 0 ? '' : look === 'back' ? ' and were level before that' : ' and stayed level'
  const settled =
    numbers !== null
      ? `${looked}${before}, so the pseudo-random numbers of the regulations decided (${listed(numbers)}): ${end}.`
      : byLot
        ? `${looked}${before}, so it was decided by lot: ${end}.`
        : `${looked}, so ${end}.`
  return `${listed(names)} were ${look === 'none' ? 'as good as level' : 'level'} at ${total}. ${settled}`
}
