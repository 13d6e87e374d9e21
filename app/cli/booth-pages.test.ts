import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boothPages, boothPolicy } from './door.ts'

let server: Server
let address: string
const folder = mkdtempSync(join(tmpdir(), 'booth-pages-'))

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), 'voters')
  writeFileSync(join(folder, 'trustee.html'), 'trustees')
  writeFileSync(join(folder, 'check.html'), 'checkers')
  const { serve } = boothPages(folder)
  server = createServer((request, response) => {
    if (!serve((request.url ?? '/').split('?')[0] ?? '/', request, response)) response.writeHead(418).end('the application')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` // listening on a port, so never a pipe's name
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the booth stands outside the application', () => {
  test.each([
    ['/vote/Lantern1Motion12', 'voters'],
    ['/trustee/Lantern1Motion12', 'trustees'],
    ['/vote/Lantern1Motion12?from=mail', 'voters'],
    ['/check-ballot', 'checkers'],
  ])('%s', async (path, words) => {
    const answer = await fetch(`${address}${path}`)
    expect(await answer.text()).toBe(words)
    expect(answer.headers.get('content-security-policy')).toBe(boothPolicy)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    '/vote/short',
    '/vote/0OIl0OIl0OIl0OIl',
    '/vote/Lantern1Motion12/x',
    '/constructor/Lantern1Motion12',
    '/vote/',
    '/check-ballot/x',
  ])('%s is left to the application', async (path) => {
    expect((await fetch(`${address}${path}`)).status).toBe(418)
  })

  test('only reading: a form sent there is not answered by the page', async () => {
    expect((await fetch(`${address}/vote/Lantern1Motion12`, { method: 'POST' })).status).toBe(418)
    expect((await fetch(`${address}/vote/Lantern1Motion12`, { method: 'HEAD' })).headers.get('content-length')).toBe('6')
  })

  test('built without a booth, nothing is served', () => {
    const { serve } = boothPages(join(folder, 'nothing-here'))
    const neverAsked = undefined as never // the page must say no before it touches request or response
    expect(serve('/vote/Lantern1Motion12', neverAsked, neverAsked)).toBe(false)
  })
})
