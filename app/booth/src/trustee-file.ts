import './booth.css'
import './parts.css'
import { saveFile } from './dom.ts'
import { taskDesk, type TaskFault } from './task-desk.ts'
import { trusteeFileCatalogues } from './trustee-file-messages.ts'
import { aroundScreen } from './trustee-file-views.ts'
import { startTrusteeScreen } from './trustee-page.ts'
import type { TrusteeNews } from './trustee-state.ts'

// The trustees' program on a disk: a task file comes in, an answer file goes out, and the key goes nowhere. What the web page leaves to a worker is done
// in the page, for a file may start none.

let fault: TaskFault | null = null
let [reading, saved] = [false, false]
// Whether the key can be had again when this page is closed: only then is anything given out that rests on it.
let keySafe = false
let answer: string | null = null
let turn: Promise<unknown> = Promise.resolve()

const world = {
  random: (n: number) => crypto.getRandomValues(new Uint8Array(n)),
  now: () => performance.now(),
  // No answer comes from anywhere but the task, so there is nothing to wait for but the screen.
  wait: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
}
let tell: (news: TrusteeNews) => void = () => {}
const desk = taskDesk(world, (news) => tell(news))

/** One thing after another, and after each a look at what is to be carried back. */
function next(work: () => Promise<unknown>): void {
  turn = turn
    .then(work)
    .catch(() => screen.act({ kind: 'failed', failure: { kind: 'device' } }))
    .then(() => {
      const now = desk.answer()
      if (now !== answer) [answer, saved] = [now, false]
      screen.draw()
    })
}

const screen = startTrusteeScreen({
  catalogues: trusteeFileCatalogues,
  start: (onNews) => {
    tell = onNews
    return (order) => next(() => desk.take(order))
  },
  keeping: null,
  beside: () => [fault, reading, saved, keySafe, answer !== null, desk.uuid()],
  heard: (event) => {
    if ((event.kind === 'key' && event.fault === null) || (event.kind === 'locked-key' && event.keyFile !== null)) keySafe = true
  },
  around: (words, content) =>
    aroundScreen(words, content, {
      sitting: desk.uuid() !== null,
      fault,
      reading,
      answer: answer === null ? null : !keySafe ? 'key first' : saved ? 'saved' : 'ready',
      bring,
      save: () => {
        if (answer === null || !keySafe) return
        saveFile(`quorate-trustee-answer-${desk.uuid() ?? ''}.json`, answer)
        saved = true
        screen.draw()
      },
    }),
})

function bring(file: File): void {
  reading = true
  screen.draw()
  next(async () => {
    const before = desk.uuid()
    const held = screen.keyFile()
    fault = desk.bring(await file.text(), held)
    reading = false
    const uuid = desk.uuid()
    if (fault !== null || uuid === null) return
    if (uuid !== before) keySafe = false
    screen.act({ kind: 'sit' })
    await desk.take({ kind: 'sit', uuid, keyFile: held, seen: null })
  })
}

screen.draw()
