import { misused, type Command, type Commands } from './command.ts'

const below: Commands = {
  analyse: () => import('./rulebook/analyse.ts'),
  compare: () => import('./rulebook/compare.ts'),
  lint: () => import('./rulebook/lint.ts'),
  timeline: () => import('./rulebook/timeline.ts'),
  'why-not': () => import('./rulebook/why-not.ts'),
  words: () => import('./rulebook/words.ts'),
}

const usage = `Usage: quorate rulebook COMMAND FILE [options]

Reads a rulebook, a Markdown file such as rulebooks/lantern.md. FILE may be -
for standard input. Nothing is fetched and nothing is written.

  quorate rulebook lint FILE                  what is wrong with it, line by line
  quorate rulebook words FILE [RULE]          what its rules say, in words
  quorate rulebook analyse FILE               who, how few and how fast could
  quorate rulebook compare BEFORE AFTER       how two rulebooks differ
  quorate rulebook timeline FILE PROCEDURE    its stages, with the lawful dates
  quorate rulebook why-not FILE --power P     who may not do it, and the lawful way

Exit code: 0 done, 1 the rulebook is not sound or not there, 2 wrong use.

Help of one: quorate rulebook COMMAND --help
Example: quorate rulebook lint rulebooks/lantern.md`

/** `quorate rulebook`: a constitution on the desk of whoever writes one. */
export const command: Command = {
  name: 'rulebook',
  summary: 'Check a rulebook and say what it lets whom do, and when',
  usage,
  below,
  run: (args, io) => {
    const [first] = args
    const fault = first === undefined ? 'what about it?' : `a command comes before ${first}`
    return Promise.resolve(misused(io, command, `${fault} There are: ${Object.keys(below).join(', ')}`))
  },
}
