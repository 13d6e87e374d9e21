import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'

/** What the figures were taken on: processor, cores, memory, system, Node. */
export function machineText(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unnamed processor'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return `${model}, ${availableParallelism()} cores, ${memory}, ${process.platform}-${process.arch}, Node ${process.versions.node}`
}

/** Today, `YYYY-MM-DD`. */
export const today = (): string => new Date().toISOString().slice(0, 10)

/** The sections of a report by title; a section runs from its `## ` line to the next one. */
export function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^## /m).slice(1)
  return new Map(parts.map((part) => [part.split('\n')[0] ?? '', part.slice(part.indexOf('\n') + 1).trim()]))
}

/** Puts new sections into a report and keeps those of earlier runs, so that a part can be run alone. */
export function writeReport(file: string, head: string, fresh: ReadonlyMap<string, string>): void {
  const kept = existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : new Map<string, string>()
  const all = [...new Map([...kept, ...fresh])].sort(([a], [b]) => (a < b ? -1 : 1))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${head.trim()}\n${all.map(([title, body]) => `\n## ${title}\n\n${body}\n`).join('')}`)
}

/** A Markdown table with its columns padded as the formatter wants them. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - cell.length)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
