import type { Alarm, Kept, Server } from './compare.ts'

// On every page: this browser keeps the last signed state of the record that it saw, and compares it with what it is shown next. A server that
// shows this member another record than before, or than others, is caught with its own signature. Nothing is sent anywhere else.

const keptAt = 'quorate-record'
const alarmAt = 'quorate-record-alarm'
const lookedAt = 'quorate-record-looked'
const everyMs = 300_000

const script = document.querySelector<HTMLScriptElement>('script[data-record-key]')
const claimed = script?.dataset['recordKey'] ?? ''
const log = `${location.origin}/log`

async function text(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { cache: 'no-store', redirect: 'error' })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}
const server: Server = {
  checkpoint: () => text(`${log}/checkpoint`),
  consistency: (from, to) => text(`${log}/consistency/${String(from)}/${String(to)}`),
}

/** What is stored under a name, written by this script alone; null when it is nothing of ours. */
function stored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null')
  } catch {
    return null
  }
}

/** Shows the alarm on this page, and on its own page the two signed texts. */
function show(alarm: Alarm): void {
  const banner = document.querySelector<HTMLTemplateElement>('template#record-alarm')
  const main = document.querySelector('main')
  if (banner !== null && main !== null && document.querySelector('.record-alarm') === null)
    main.prepend(banner.content.cloneNode(true))
  const proof = document.querySelector('#record-alarm-proof')
  if (proof !== null) proof.textContent = `${alarm.kind}\n${alarm.key}\n\n${alarm.before}\n${alarm.now}`
  document.querySelector('#record-alarm-none')?.remove()
}

async function run(): Promise<void> {
  const alarm = stored(alarmAt) as Alarm | null // as this script wrote it
  if (alarm !== null) return show(alarm)
  if (Date.now() - Number(localStorage.getItem(lookedAt) ?? 0) < everyMs) return
  // Only when it is time: signatures and hashes are 50 times as much code as this.
  const { look } = await import('./compare.ts')
  const found = await look(stored(keptAt) as Kept | null, claimed, server)
  localStorage.setItem(lookedAt, String(Date.now()))
  if (found.kind === 'kept') localStorage.setItem(keptAt, JSON.stringify(found.kept))
  if (found.kind !== 'alarm') return
  localStorage.setItem(alarmAt, JSON.stringify(found.alarm))
  show(found.alarm)
}
if (claimed !== '') void run()
