import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { boothPages, boothPolicy, headersFor, hostOf, publicOrigin } from './door.ts'

describe('the host the application is told', () => {
  test('is the public one, whatever a request says, once it is set', () => {
    expect(hostOf('evil.example', 'https://lantern.example', '127.0.0.1')).toBe('lantern.example')
    expect(hostOf(undefined, 'https://lantern.example:8443', '0.0.0.0')).toBe('lantern.example:8443')
  })
  test('is this machine’s on loopback; any other name is a rebound DNS and refused', () => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])
      expect(hostOf(host, null, '127.0.0.1')).toBe(host)
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'a b',
      '',
      undefined,
      'x'.repeat(300),
    ])
      expect(hostOf(host, null, '127.0.0.1')).toBeNull()
  })
  test('is believed on another address without a public one, if it can be a host', () => {
    expect(hostOf('192.168.1.5:3000', null, '0.0.0.0')).toBe('192.168.1.5:3000')
    expect(hostOf('a/b', null, '0.0.0.0')).toBeNull()
  })
})

test('a public address is an origin or said to be none', () => {
  expect(publicOrigin('https://lantern.example/vote')).toBe('https://lantern.example')
  expect([publicOrigin(undefined), publicOrigin('')]).toEqual([null, null])
  expect([publicOrigin('lantern'), publicOrigin('ftp://x')]).toEqual(['not an address', 'not an address'])
})

describe('headers', () => {
  const of = (path: string, secure = false) => new Map(headersFor(path, secure))
  test('pages keep `same-origin` as referrer policy, or browsers would send forms with `Origin: null`', () => {
    expect(of('/you').get('referrer-policy')).toBe('same-origin')
    expect(of('/booth/assets/x.js').get('referrer-policy')).toBe('no-referrer')
  })
  test('static files, which the application never sees, have a content policy', () => {
    for (const path of ['/_app/immutable/x.css', '/fonts/ui.woff2', '/favicon.svg'])
      expect(of(path).get('content-security-policy')).toBe("default-src 'none'")
    expect(of('/booth/index.html').get('content-security-policy')).toBe(boothPolicy)
    expect(of('/').has('content-security-policy')).toBe(false)
  })
  test('the booth may run no code but its own, reach no other place, and be framed by nobody', () => {
    expect(boothPolicy).toMatch(/default-src 'none'.*frame-ancestors 'none'.*require-trusted-types-for 'script'/)
    expect(boothPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
  })
  test('a secure address says so for two years; an insecure one does not', () => {
    expect(of('/', true).get('strict-transport-security')).toBe('max-age=63072000')
    expect(of('/').has('strict-transport-security')).toBe(false)
  })
})

test('the booth is the same bytes at every ballot’s address, and nowhere else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'booth-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Vote</title>')
  const booth = boothPages(folder)
  const none = boothPages(join(folder, 'missing'))
  rmSync(folder, { recursive: true })
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (!none.serve(path, request, response) && !booth.serve(path, request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // a TCP server that listens
  const ask = (path: string, method = 'GET'): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { method })
  const ballot = '/vote/01a21961-9916-780e-8208-318115459073'
  const page = await ask(ballot)
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Vote</title>'])
  expect(page.headers.get('content-security-policy')).toBe(boothPolicy)
  expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual(['no-referrer', 'no-store'])
  expect((await ask(ballot, 'HEAD')).status).toBe(200)
  for (const path of ['/vote/12', `${ballot}/x`, ballot.toUpperCase(), '/vote/']) expect((await ask(path)).status, path).toBe(404)
  expect((await ask(ballot, 'POST')).status).toBe(404)
  await new Promise((done) => server.close(done))
})
